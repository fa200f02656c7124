#include "drivers/camera/simulated/motion.hpp"

#include <cmath>
#include <numbers>

namespace kaomon::camera::simulated {
namespace {

constexpr std::array<double, 3> weight{0.6, 0.3, 0.1};
constexpr std::array<double, 3> usual_hertz{0.13, 0.37, 0.83};
constexpr double spread = 0.2; // of a frequency, to either side
constexpr double lowest_metered = 0.88,
                 highest_metered = 1.02; // of the stills' brightness: no camera meters alike

} // namespace

// Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators (2014)
std::uint64_t next_random(std::uint64_t& state) noexcept {
    std::uint64_t word = state += 0x9e3779b97f4a7c15;
    word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9;
    word = (word ^ (word >> 27)) * 0x94d049bb133111eb;
    return word ^ (word >> 31);
}

Motion::Motion(std::uint64_t seed) {
    for (Sway* sway : {&right_, &down_, &scale_, &roll_, &exposure_}) {
        for (std::size_t i = 0; i < weight.size(); ++i) {
            sway->hertz[i] = usual_hertz[i] * (1 + spread * (2 * next_share(seed) - 1));
            sway->phase[i] = 2 * std::numbers::pi * next_share(seed);
        }
    }
    metered_ = lowest_metered + (highest_metered - lowest_metered) * next_share(seed);
}

double Motion::Sway::at(double seconds) const {
    double sum = 0;
    for (std::size_t i = 0; i < weight.size(); ++i) {
        sum += weight[i] * std::sin(2 * std::numbers::pi * hertz[i] * seconds + phase[i]);
    }
    return sum;
}

Pose Motion::at(double seconds) const {
    return {.right = static_cast<float>(0.03 * right_.at(seconds)),
            .down = static_cast<float>(0.03 * down_.at(seconds)),
            .scale = static_cast<float>(1 + 0.04 * scale_.at(seconds)),
            .roll = static_cast<float>(0.026 * roll_.at(seconds)),
            .exposure = static_cast<float>(metered_ + 0.06 * exposure_.at(seconds))};
}

} // namespace kaomon::camera::simulated
