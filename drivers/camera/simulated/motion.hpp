// How a hand-held, self-adjusting camera moves: a pure function of seed and time.
#pragma once

#include <array>
#include <cstdint>

namespace kaomon::camera::simulated {

// Of one frame. 1 height = the picture's height.
struct Pose {
    float right = 0, down = 0; // shift of the scene, heights, within +-0.03
    float scale = 1;           // 0.96..1.04
    float roll = 0;            // radians, within +-0.026 (1.5 degrees)
    float exposure = 1;        // 0.82..1.08
};

// Reentrant.
class Motion {
  public:
    explicit Motion(std::uint64_t seed);
    Pose at(double seconds) const;

  private:
    // Three sines whose periods have no common multiple worth waiting for: no pose comes back within a
    // session.
    struct Sway {
        std::array<double, 3> hertz{}, phase{};
        double at(double seconds) const; // -1..1
    };
    Sway right_, down_, scale_, roll_, exposure_;
    double metered_ = 1; // the camera's own choice
};

// The next number of the sequence behind `state` (SplitMix64): every bit of it may be used. Reentrant.
std::uint64_t next_random(std::uint64_t& state) noexcept;
// The same, as a share: 0 <= share < 1.
inline double next_share(std::uint64_t& state) noexcept {
    return static_cast<double>(next_random(state) >> 11) * 0x1p-53;
}

} // namespace kaomon::camera::simulated
