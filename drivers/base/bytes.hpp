// Plain bytes. For anything that belongs to a patient use SecretBytes (secret.hpp).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace kaomon {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

// Lower-case hexadecimal, two characters a byte.
std::string to_hex(ByteView bytes);

} // namespace kaomon
