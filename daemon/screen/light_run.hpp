// One showing of a light: which colour the screen is asked for when, and when it has said that it shows it.
#pragma once

#include "daemon/screen/light.hpp"
#include "drivers/base/clock.hpp"

#include <vector>

namespace kaomon::screen {

// The next colour is sent no sooner than `stands` after the screen said that it shows the one before, and was
// shown before that was said. So any two changes are `stands` apart, however long a message takes: two at
// most in a second. A colour was shown between the sending and the answer; `patience` bounds what is not
// known.
inline constexpr Milliseconds stands{500}, patience{400};

// Pure: time comes in. Thread-bound.
class LightRun {
  public:
    struct Step {
        int number = 0; // the screen answers with it; never the same twice on one screen
        Colour colour;
        friend bool operator==(const Step&, const Step&) = default;
    };
    struct Shown {
        Instant since; // at the latest
        Colour colour;
    };

    LightRun(const Light& light, int first_number) : light_(light), first_(first_number) {}

    // The colour to show now; the first one, or one when due() has come and it was answered().
    Step send(Instant now);
    // The screen has said that it shows that step. False when another one, or none, is waited for.
    bool shown(int number, Instant now);

    bool answered() const noexcept { return shown_.size() == sent_; } // what was sent last
    bool complete() const noexcept { return shown_.size() == light_.size(); }
    // When the colour that is shown has stood long enough; of one that was not answered, when that is too
    // late.
    Instant due() const noexcept { return due_; }
    // The number of the last step that was sent, and of none that comes later on another run.
    int last_number() const noexcept { return first_ + static_cast<int>(sent_) - 1; }
    const std::vector<Shown>& so_far() const noexcept { return shown_; }

  private:
    Light light_;
    int first_;
    std::size_t sent_ = 0;
    std::vector<Shown> shown_;
    Instant due_{};
};

} // namespace kaomon::screen
