// The JPEG 2000 codestream inside a photograph (ISO/IEC 15444-1 Annex A), walked marker by marker before a
// decoder sees it.
#pragma once

#include "daemon/photo/raster.hpp"
#include "drivers/base/bytes.hpp"
#include "drivers/base/result.hpp"

namespace kaomon::photo {

// Accepts one tile from the origin, 1 or 3 components of 8 bit unsigned without subsampling, at most 10
// wavelet levels, 64 layers, 64 tile-parts and 4096 precincts, and every tile-part complete up to the end
// marker. Entropy-coded data are not looked at: they are the caged worker's business. Reason:
// photo_malformed. Reentrant.
Result<Raster> read_codestream(ByteView codestream);

} // namespace kaomon::photo
