// A frame's person as a head that turns: what a still lacks to be a living one.
#pragma once

#include "drivers/camera/simulated/head.hpp"
#include "drivers/camera/simulated/sensor.hpp"
#include "tests/daemon/face/photograph.hpp"

namespace kaomon::face {

// `frame`: with the middle between the eyes at (x, y), the eyes `between` pixels apart. `yaw`: radians.
inline Image swaying(const Image& frame, double x, double y, double between, double yaw, int number) {
    namespace sim = camera::simulated;
    const auto px = static_cast<float>(x), py = static_cast<float>(y), half = static_cast<float>(between / 2);
    const sim::Canvas still = sim::paint(frame,
                                         {.region = sim::Region{0, 0, frame.width, frame.height},
                                          .eyes = sim::Eyes{px - half, py, px + half, py}},
                                         frame.width, frame.height);
    sim::Canvas shown = still;
    sim::Gesture gesture;
    gesture.yaw = static_cast<float>(yaw);
    sim::show_head(still, gesture, shown);
    Image picture{.width = frame.width, .height = frame.height, .channels = 3, .pixels = {}};
    picture.pixels.resize(picture.stride() * static_cast<std::size_t>(picture.height));
    sim::Sensor(1).expose(shown, {}, static_cast<std::uint64_t>(number), picture);
    return picture;
}

} // namespace kaomon::face
