// From the scene to the pixels of one frame: warp, exposure, noise.
#pragma once

#include "drivers/base/image.hpp"
#include "drivers/camera/simulated/canvas.hpp"
#include "drivers/camera/simulated/motion.hpp"

#include <cstdint>
#include <vector>

namespace kaomon::camera::simulated {

// Reentrant.
class Sensor {
  public:
    // Of the noise on each pixel, in grey levels: what a webcam shows in a lit room.
    static constexpr float noise_deviation = 2.5F;

    explicit Sensor(std::uint64_t seed);
    // `picture` has its size and three channels already. The same `exposure_number` gives the same noise.
    void expose(const Canvas& scene, const Pose& pose, std::uint64_t exposure_number, Image& picture) const;

  private:
    std::uint64_t seed_;
    std::vector<std::int8_t> noise_; // grey levels; each row of a frame starts somewhere else in it
};

} // namespace kaomon::camera::simulated
