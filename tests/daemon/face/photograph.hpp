// The demo photographs, and what a card or a camera would make of them.
#pragma once

#include "drivers/base/image.hpp"

#include <filesystem>
#include <string>

namespace kaomon::face {

// models/demo/NAME.jpg as RGB. Throws std::runtime_error with the command to run when it is not there.
Image photograph(const std::string& name);
// Any JPEG file as RGB.
Image read_jpeg(const std::filesystem::path& file);

// A rectangle of a picture at another size, by area means; outside, the border pixels go on. RGB or grey out.
Image cut(const Image& from, double left, double top, double width, double height, int to_width,
          int to_height, int channels);

// As cut() of everything.
Image scaled(const Image& from, int to_width, int to_height);

// Out of focus: every pixel becomes the mean of the square of 2 * radius + 1 around it.
Image blurred(const Image& from, int radius);

} // namespace kaomon::face
