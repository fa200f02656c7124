// When the patient screen is asked for its light: the one place that decides it.
#pragma once

#include "daemon/liveness/evidence.hpp"
#include "drivers/base/clock.hpp"

#include <optional>

namespace kaomon::capture {

// At once where the evidence `flash` is demanded, after the first silent 1.2 s where it is preferred; most
// people have moved or blinked on their own by then. Once more when the first light told nothing, no oftener:
// each one is a chance to guess the colours. Pure. Thread-bound.
class LightRequest {
  public:
    LightRequest(bool demanded, bool preferred) noexcept : demanded_(demanded), preferred_(preferred) {}

    void available(bool now) noexcept { available_ = now; }
    // True on the frame on which light should begin. `lasted`: how long this face has been there.
    bool due(std::optional<Instant::duration> lasted, liveness::Outcome flash, Instant captured) noexcept;

  private:
    bool demanded_, preferred_, available_ = false;
    int lights_ = 0;
    Instant last_{};
};

} // namespace kaomon::capture
