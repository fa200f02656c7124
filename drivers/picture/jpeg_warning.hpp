// What a warning of the JPEG decoder means for the pixels.
#pragma once

#include <cstdint>

namespace kaomon::picture {

// harmless: the pixels are those of the file without the oddity; stray: bytes that no block needed, or no end
// marker: the pixels are whole unless blocks were made of filling (drivers/camera/jpeg_filling.hpp); damage:
// pixels are missing or invented.
enum class JpegWarning : std::uint8_t { harmless, stray, damage };

// `code` of libjpeg's jerror.h, JWRN_...; one that is not in the table is damage. Reentrant.
JpegWarning meaning_of_jpeg_warning(int code) noexcept;

} // namespace kaomon::picture
