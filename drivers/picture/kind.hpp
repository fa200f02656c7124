// What a file is, by its first bytes.
#pragma once

#include "drivers/base/bytes.hpp"

#include <string_view>

namespace kaomon::picture {

// "a PNG file"; "no picture of a known kind" where nothing fits. Reentrant.
std::string_view kind_of(ByteView file) noexcept;
bool is_jpeg(ByteView file) noexcept;

} // namespace kaomon::picture
