// THE rule of presence: a face counts only as a living one, under every policy. The absence of suspicion is
// no evidence. Natural behaviour comes first, a request second, another method third (decisions/0035).
#pragma once

#include "daemon/liveness/evidence.hpp"
#include "daemon/liveness/movement.hpp"
#include "proto/policy_name.hpp"

#include <span>
#include <vector>

namespace kaomon::liveness {

// Is there the evidence that the policy needs?
//
//     normal       one of: a head's parallax, a blink, an answer to the screen's light
//     strict       what could not be known beforehand: the screen's light, or a movement in the direction
//                  that was asked
//     very-strict  two of independent kinds (movement, blink, light), one of them not to be known beforehand
//
// Reentrant.
bool shows_presence(PolicyName policy, std::span<const Evidence> evidence) noexcept;

// A request that was made, and what came of it.
struct Asked {
    Reason request; // a movement, or blink_once
    Instant shown;
    Answer answer = Answer::none;
};

// What a visit knows at one time.
struct Situation {
    PolicyName policy = PolicyName::normal;
    std::span<const Kind> required; // beside the rule, by the operator
    std::span<const Evidence> evidence;
    std::optional<Instant> face_since; // this face has been there
    Instant now;
    bool may_ask = false;         // the person can see and hear requests, and their face is seen well
    std::span<const Asked> asked; // oldest first
};

enum class Presence : std::uint8_t {
    shown, // and whatever the operator requires beside
    wait,
    ask,
    over, // undecided: presence_not_shown
};
consteval auto words_of(Presence) {
    return in_words("shown", "wait", "ask", "over");
}

struct NextStep {
    Presence presence = Presence::wait;
    std::vector<Reason> choices{}; // with ask: one of them, by chance
    int in_a_row = 1;              // with ask: right answers that a movement needs
};

// The first 1.2 s are silent: most people move and blink on their own. Then one request after the other, each
// with four seconds; under `normal` a movement, a blink (for who cannot turn), another movement. A movement
// to the wrong side is forgiven once (left and right are mistaken by many), but then two in a row are asked
// for, so that guessing does not pay. Reentrant.
NextStep next_step(const Situation& situation);

} // namespace kaomon::liveness
