// A movement of the head that is asked of the person, and what came of it.
#pragma once

#include "drivers/base/clock.hpp"
#include "proto/reason.hpp"
#include "proto/words.hpp"

#include <cstdint>
#include <optional>

namespace kaomon::liveness {

// Left and right are the person's own: the person's left is the right of a picture that is not mirrored.
enum class Movement : std::uint8_t { left, right, up, down };
consteval auto words_of(Movement) {
    return in_words("left", "right", "up", "down");
}

// What a person is told to do for it. Reentrant.
constexpr Reason request_for(Movement movement) noexcept {
    switch (movement) {
    case Movement::left:
        return Reason::turn_left;
    case Movement::right:
        return Reason::turn_right;
    case Movement::up:
        return Reason::look_up;
    case Movement::down:
        return Reason::look_down;
    }
    return Reason::turn_left;
}
// Empty for what asks for no movement.
constexpr std::optional<Movement> movement_of(Reason request) noexcept {
    for (const Movement movement : {Movement::left, Movement::right, Movement::up, Movement::down}) {
        if (request_for(movement) == request)
            return movement;
    }
    return std::nullopt;
}
// Is this reason a request for the sake of evidence?
constexpr bool asks_for_presence(Reason reason) noexcept {
    return movement_of(reason) || reason == Reason::blink_once || reason == Reason::screen_light;
}

// None: not yet, or not in its time. Wrong: the head moved, but first to another side.
enum class Answer : std::uint8_t { none, right, wrong };
consteval auto words_of(Answer) {
    return in_words("none", "right", "wrong");
}

struct Request {
    Movement movement;
    Instant shown;    // since when the person can know of it
    int in_a_row = 1; // how many right answers in a row are evidence
};

// An answer counts only so long after the request was shown.
inline constexpr Milliseconds answer_time{4000};

} // namespace kaomon::liveness
