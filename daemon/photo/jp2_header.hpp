// Is this photograph one that we decode at all? The boxes of a JP2 file (ISO/IEC 15444-1 Annex I), then its
// codestream.
#pragma once

#include "daemon/photo/raster.hpp"
#include "drivers/base/bytes.hpp"
#include "drivers/base/result.hpp"

namespace kaomon::photo {

// Accepts at most 64 KiB: signature, file type, a header box with 8 bit grey or sRGB without palette, and a
// codestream that read_codestream() accepts and that agrees with the header box. Boxes that only comment are
// passed over. Never reads beyond the bytes, never loops longer than they are. Reason: photo_malformed.
// Reentrant.
Result<Raster> read_jp2_header(ByteView jp2);

} // namespace kaomon::photo
