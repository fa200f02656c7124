// JPEG 2000, as the card's photograph is kept: one grey component of 8 bits, one tile, in a JP2 file.
#pragma once

#include "drivers/base/image.hpp"
#include "drivers/base/result.hpp"

namespace kaomon::card::simulated {

// Encodes a grey picture so that the file has at most `largest` bytes. Reason: internal_error (the codec
// failed, or the picture cannot be made that small).
Result<SecretBytes> encode_jp2(const Image& grey, std::size_t largest);

} // namespace kaomon::card::simulated
