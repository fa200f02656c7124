#include "drivers/camera/simulated/behaviour.hpp"

#include "drivers/camera/simulated/motion.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace kaomon::camera::simulated {
namespace {

constexpr double between_blinks = 2.5;                          // seconds
constexpr double closing = 0.08, closed = 0.05, opening = 0.10; // seconds; Caffier et al. 2003

double share(std::uint64_t& state) {
    return static_cast<double>(next_random(state) >> 11) * 0x1p-53; // 0..1
}

} // namespace

Behaviour::Behaviour(Presentation presentation, std::uint64_t seed)
    : presentation_(presentation), seed_(seed) {
    for (double& phase : phase_)
        phase = 2 * std::numbers::pi * share(seed);
}

double Behaviour::wave(std::size_t which, double hertz, double seconds) const {
    return std::sin(2 * std::numbers::pi * hertz * seconds + phase_[which]);
}

float Behaviour::closure(double seconds) const {
    const double turn = std::floor(seconds / between_blinks);
    std::uint64_t state = seed_ ^ static_cast<std::uint64_t>(turn + 1);
    const double start = between_blinks * turn + 0.3 + 1.5 * share(state);
    const double since = seconds - start;
    if (since < 0 || since > closing + closed + opening)
        return 0;
    if (since < closing)
        return static_cast<float>(since / closing);
    return static_cast<float>(std::min(1.0, (closing + closed + opening - since) / opening));
}

Gesture Behaviour::head(double seconds) const {
    Gesture gesture;
    const bool calm = presentation_ == Presentation::calm;
    const double amount = calm ? 0.06 : 1;
    gesture.yaw =
        static_cast<float>(amount * (0.13 * wave(0, 0.29, seconds) + 0.03 * wave(1, 0.71, seconds)));
    gesture.pitch =
        static_cast<float>(amount * 0.05 * wave(2, 0.23, seconds) + 0.004 * wave(3, 0.27, seconds));
    gesture.scale = static_cast<float>(1 + amount * 0.03 * wave(4, 0.11, seconds));
    gesture.closure = calm ? 0 : closure(seconds);
    return gesture;
}

Gesture Behaviour::hand(double seconds) const {
    Gesture gesture;
    const double yaw = presentation_ == Presentation::turned ? 0.45
                       : presentation_ == Presentation::bent ? 0.25
                                                             : 0.05;
    const double pitch = presentation_ == Presentation::turned ? 0.22 : 0.05;
    gesture.yaw = static_cast<float>(yaw * wave(0, 0.31, seconds));
    gesture.pitch = static_cast<float>(pitch * wave(1, 0.23, seconds));
    gesture.roll = static_cast<float>(0.04 * wave(2, 0.37, seconds) + 0.008 * wave(3, 1.9, seconds));
    gesture.right =
        static_cast<float>(0.06 * wave(4, 0.19, seconds) + 0.004 * wave(5, 2.3, seconds)); // trembles
    gesture.down = static_cast<float>(0.04 * wave(6, 0.27, seconds) + 0.004 * wave(7, 2.7, seconds));
    gesture.scale = static_cast<float>(1 + 0.04 * wave(7, 0.17, seconds));
    return gesture;
}

} // namespace kaomon::camera::simulated
