// From a file of a list to a picture.
#pragma once

#include "daemon/photo/decoder.hpp"

#include <filesystem>

namespace kaomon::evaluate {

// At most 32 MiB. Reason: photo_malformed (cannot be read, empty, too large); the detail has no path.
// Reentrant.
Result<SecretBytes> read_file(const std::filesystem::path& file);

// JPEG as drivers/picture takes it (upright; grey stays grey, colour becomes RGB; 16 to 8192 pixels each way)
// or, through `photographs`, JPEG 2000 within a card's limits. Reason: photo_malformed.
Result<Image> decode_picture(ByteView file, photo::Decoder& photographs);

} // namespace kaomon::evaluate
