// What somebody does who is asked for a movement, on top of what they do anyway.
#pragma once

#include "drivers/camera/simulated/gesture.hpp"
#include "drivers/camera/simulated/manner.hpp"
#include "drivers/fault/fault.hpp"

#include <optional>
#include <vector>

namespace kaomon::camera::simulated {

// Pure function of seed, requests and time. Thread-bound.
class Answers {
  public:
    Answers(const Manner& manner, std::uint64_t seed) : manner_(manner), seed_(seed) {}
    // Requests in the order of their time. `none` ends the one before. The last 16 count.
    void ask(fault::Ask what, double seconds);
    // A movement begins after the time of reaction, goes there and, after a while or when the next request
    // takes effect, back.
    Gesture at(double seconds) const;

    // The movement alone, so many seconds after its begin, at full reach: of a recording too.
    Gesture course(fault::Ask what, double since, std::uint64_t number) const;
    // The newest request other than `none` that is at least `reaction` old, and for how long it is answered.
    struct Due {
        fault::Ask what;
        double since; // seconds
        std::uint64_t number;
    };
    std::optional<Due> due(double seconds, double reaction) const;

  private:
    struct Asked {
        fault::Ask what;
        double at, effect; // seconds: asked; when it begins to be done
        std::uint64_t number;
    };
    Manner manner_;
    std::uint64_t seed_, count_ = 0;
    std::vector<Asked> asked_;
};

} // namespace kaomon::camera::simulated
