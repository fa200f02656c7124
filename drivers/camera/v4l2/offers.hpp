// Everything a camera says it can deliver: for people who choose one.
#pragma once

#include "drivers/camera/v4l2/device.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace kaomon::camera::v4l2 {

struct Offer {
    std::string format;          // as V4L2 names it: "MJPG", "YUYV", "GREY"
    int width = 0, height = 0;   // pixels
    std::vector<double> rates{}; // frames per second; empty: not listed
    friend bool operator==(const Offer&, const Offer&) = default;
};

// Discrete sizes and rates; of a range only its largest. At most 256 sizes a format and 64 rates a size.
// Reasons: no_camera, camera_busy, camera_unsuitable, camera_lost, camera_error. Reentrant.
Result<std::vector<Offer>> list_offers(const std::filesystem::path& device, Milliseconds budget);
Result<std::vector<Offer>> list_offers(const Device& device);

} // namespace kaomon::camera::v4l2
