// Between kaomon::Image and OpenCV. Internal to this folder.
#pragma once

#include "daemon/face/network.hpp"
#include "drivers/base/image.hpp"

#include <opencv2/core/mat.hpp>

namespace kaomon::face {

// From here on every cv::Mat of the process lives in the arena and is wiped when it is released: crops and
// aligned faces. To be called when the networks are loaded: their weights are no secret and would fill it.
// Thread-safe, once is enough.
void wipe_released_mats();

// As 8-bit RGB. A view of the image where it is RGB already: lives no longer than the image. Empty for a
// malformed one.
cv::Mat as_rgb(const Image& picture);

// For a network that sees value * factor + offset. Lives no longer than the matrix.
Pixels pixels_of(const cv::Mat& rgb, float factor, float offset);

} // namespace kaomon::face
