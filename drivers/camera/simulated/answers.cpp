#include "drivers/camera/simulated/answers.hpp"

#include "drivers/camera/simulated/lids.hpp"
#include "drivers/camera/simulated/motion.hpp"

#include <algorithm>
#include <ranges>

namespace kaomon::camera::simulated {
namespace {

using fault::Ask;

constexpr std::size_t most_asked = 16;
constexpr Range hold{0.8, 1.5};                                 // seconds, turned
constexpr double closing = 0.11, closed = 0.11, opening = 0.16; // of a blink that is made on purpose; seconds

// From 0 to 1 in `length`, as hands and heads move: least jerk (T. Flash, N. Hogan, J. Neurosci. 5 (1985)
// 1688).
double rise(double since, double length) {
    const double t = std::clamp(since / length, 0.0, 1.0);
    return t * t * t * (10 - 15 * t + 6 * t * t);
}

std::uint64_t own_seed(std::uint64_t seed, std::uint64_t number) {
    return seed + 0x9e37 * (number + 1);
}

Gesture reached(const Manner& manner, Ask what, double share, double part) {
    const auto turn = static_cast<float>(part * manner.turn.at(share)),
               nod = static_cast<float>(part * manner.nod.at(share));
    switch (what) {
    case Ask::left:
        return {.yaw = turn};
    case Ask::right:
        return {.yaw = -turn};
    case Ask::up:
        return {.pitch = -nod};
    case Ask::down:
        return {.pitch = nod};
    case Ask::closer:
        return {.scale = static_cast<float>(head_far / (head_far - part * manner.approach.at(share)))};
    case Ask::blink:
    case Ask::none:
        break;
    }
    return {};
}

} // namespace

void Answers::ask(Ask what, double seconds) {
    if (asked_.size() == most_asked)
        asked_.erase(asked_.begin());
    std::uint64_t state = own_seed(~seed_, count_);
    asked_.push_back({what, seconds, seconds + manner_.reaction.at(next_share(state)), count_});
    ++count_;
}

Gesture Answers::course(Ask what, double since, std::uint64_t number) const {
    if (what == Ask::blink)
        return {.closure = lid_course(since, closing, closed, opening)};
    std::uint64_t state = own_seed(seed_, number);
    const double there = manner_.movement.at(next_share(state)), stay = hold.at(next_share(state));
    const double part = rise(since, there) - rise(since - there - stay, there);
    return reached(manner_, what, next_share(state), part);
}

Gesture Answers::at(double seconds) const {
    Gesture sum;
    double given_up = 1e9; // seconds: when the next request takes effect
    for (const Asked& one : asked_ | std::views::reverse) {
        if (seconds >= one.effect) {
            Gesture gesture = course(one.what, std::min(seconds, given_up) - one.effect, one.number);
            const auto left = static_cast<float>(1 - rise(seconds - given_up, manner_.movement.low));
            gesture.yaw *= left, gesture.pitch *= left;
            gesture.scale = 1 + (gesture.scale - 1) * left;
            gesture.closure *= left;
            sum += gesture;
        }
        given_up = std::min(given_up, one.effect);
    }
    return sum;
}

std::optional<Answers::Due> Answers::due(double seconds, double reaction) const {
    for (const Asked& one : asked_ | std::views::reverse) {
        if (seconds - one.at >= reaction && one.what != Ask::none)
            return Due{one.what, seconds - one.at - reaction, one.number};
    }
    return std::nullopt;
}

} // namespace kaomon::camera::simulated
