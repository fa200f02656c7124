// What faults have made of a simulated card's stay at a reader.
#pragma once

#include "drivers/base/clock.hpp"
#include "drivers/card/status_word.hpp"
#include "drivers/fault/fault.hpp"

#include <optional>

namespace kaomon::card::simulated {

struct Condition {
    bool inserted = true;
    bool plugged = true;
    bool mute = false;
    Milliseconds delay{0};
    std::optional<StatusWord> error{}; // every answer instead of the card's own

    // Black and freeze are a camera's and change nothing. `clear` ends mute, slow, error and unplug, not
    // pull.
    void apply(const fault::Fault& fault);
    bool reachable() const noexcept { return inserted && plugged; }
};

} // namespace kaomon::card::simulated
