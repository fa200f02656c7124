#include "drivers/camera/simulated/manner.hpp"

#include "drivers/camera/simulated/motion.hpp"

#include <numbers>

namespace kaomon::camera::simulated {
namespace {

constexpr double degree = std::numbers::pi / 180, mm = 1 / eye_distance_mm;

// Of one person: where in each range.
class Draw {
  public:
    explicit Draw(std::uint64_t seed) : state_(seed) {}
    double from(Range range) { return range.at(next_share(state_)); }

  private:
    std::uint64_t state_;
};

// The head of the recordings, and one that moves all the time.
Manner lively() {
    return {.yaw = 0.16,
            .pitch = 0.054,
            .right = 0,
            .down = 0,
            .nearer = 0.03 * head_far,
            .hertz = 0.29,
            .blinks = 24,
            .closing = {0.08, 0.08},
            .closed = {0.05, 0.05},
            .opening = {0.10, 0.10}};
}

Manner calm(Draw& draw) {
    return {.yaw = draw.from({0.5 * degree, 2 * degree}),
            .pitch = draw.from({0.5 * degree, 1.5 * degree}),
            .roll = draw.from({0.2 * degree, 1 * degree}),
            .right = draw.from({2 * mm, 10 * mm}),
            .down = draw.from({2 * mm, 4 * mm}),
            .nearer = draw.from({2 * mm, 10 * mm}),
            .hertz = draw.from({0.15, 0.4}),
            .breath = draw.from({1 * mm, 2 * mm}),
            .breath_hertz = draw.from({0.2, 0.3}),
            .settling = draw.from({15 * mm, 50 * mm}),
            .settling_seconds = draw.from({1.0, 2.0}),
            .blinks = draw.from({11, 19}),
            .closing = {0.06, 0.11},
            .closed = {0.02, 0.08},
            .opening = {0.09, 0.17},
            .whole_blinks = 0.5,
            .speech = draw.from({0, 1}) < 1.0 / 3 ? 0.3 : 0};
}

void make_old(Manner& manner, Draw& draw) {
    manner.yaw *= 0.8, manner.pitch *= 0.8;
    manner.hertz = draw.from({0.08, 0.2});
    manner.settling = draw.from({10 * mm, 30 * mm});
    manner.settling_seconds = draw.from({2.0, 3.5});
    manner.blinks = draw.from({6, 10});
    manner.closing = {0.10, 0.14}, manner.closed = {0.04, 0.08}, manner.opening = {0.14, 0.18};
    manner.reaction = {1.0, 2.5}, manner.movement = {1.2, 2.0};
    manner.turn = {10 * degree, 16 * degree}, manner.nod = {8 * degree, 12 * degree};
    manner.approach = {50 * mm, 80 * mm};
}

} // namespace

Manner manner_of(Presentation presentation, std::uint64_t seed) {
    Draw draw(seed ^ 0x6d616e6e6572); // other numbers than the phases
    Manner manner = presentation == Presentation::live || !bona_fide(presentation) ? lively() : calm(draw);
    manner.distance = draw.from({0.94, 1.06});
    manner.reaction = {0.5, 1.2}, manner.movement = {0.5, 0.9};
    manner.turn = {14 * degree, 24 * degree}, manner.nod = {10 * degree, 18 * degree};
    manner.approach = {80 * mm, 120 * mm};
    if (presentation == Presentation::old)
        make_old(manner, draw);
    if (presentation == Presentation::speaking)
        manner.speech = 0.7, manner.blinks = draw.from({15, 30});
    return manner;
}

} // namespace kaomon::camera::simulated
