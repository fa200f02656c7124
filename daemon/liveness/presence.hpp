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
//     normal       a head's parallax, or a blink
//     strict       what could not be known beforehand: movements in the directions that were asked, or a
//                  head's parallax before a camera that sees the screen's light
//     very-strict  two of independent kinds (movement, blink, light), one of them not to be known beforehand
//
// The light tells a live feed from a recorded one; paper answers it as skin does, also paper with holes for
// an attacker's eyes: it counts only beside a head's shape. Reentrant.
bool shows_presence(PolicyName policy, std::span<const Evidence> evidence) noexcept;

// A request that was made, and what came of it.
struct Asked {
    Reason request; // a movement, blink_once, or screen_light, which asks the screen
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
    bool busy = false;            // the head moves so that an answer could not be told from it yet
    bool light = false;           // a patient screen is there that can and may show its colours
    int mirrored = 0;             // how often these came back as a display's glass mirrors them
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

// The first 1.2 s are silent: most people move and blink on their own. Then the screen's light where it helps
// and there is one, twice at most: each showing is a chance to guess it. Then one request after the other,
// each with four seconds; under `normal` a movement, a blink (for who cannot turn), another movement. Where a
// direction counts, two right answers in a row: guessing passes at most 12.1 % of visits. A movement to the
// wrong side is forgiven once (left and right are mistaken by many). Where a direction counts and the light
// came back as glass mirrors it, a display may be playing a film that answers: then only the light helps, or
// it is over. Reentrant.
NextStep next_step(const Situation& situation);

} // namespace kaomon::liveness
