// A patient screen in the time of a film: which colour it shows when, and what it says of that.
#pragma once

#include "drivers/base/clock.hpp"
#include "drivers/fault/fault.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace kaomon::evaluate {

// Each colour stands for half a second: fewer than three changes in one. It is seen at once and acknowledged
// two frames of a screen later. Thread-bound.
class PatientScreen {
  public:
    static constexpr Milliseconds stands{500}, acknowledged_after{33};

    struct Shown {
        Instant since; // at the latest: acknowledged
        fault::Rgb colour;
    };

    // Shows them one after the other from now on, then nothing; what is shown already goes on.
    void show(std::vector<fault::Rgb> colours, Instant now);
    // The colour to shine in from now on, where that changes; black at the end.
    std::optional<fault::Rgb> changes(Instant now);
    // What has been acknowledged until now.
    std::vector<Shown> shown(Instant now) const;

  private:
    std::vector<fault::Rgb> colours_;
    Instant begun_{};
    std::size_t next_ = 0; // the colour that comes next; behind the last one: darkness
    bool showing_ = false;
};

} // namespace kaomon::evaluate
