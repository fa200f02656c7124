// Which methods can verify now, and which are left when one is over. Pure.
#pragma once

#include "daemon/match/verdict.hpp"
#include "drivers/base/clock.hpp"
#include "drivers/card/mynumber/warning.hpp"
#include "proto/method.hpp"

#include <optional>
#include <span>
#include <vector>

namespace kaomon::session {

// What is left of `open` when the face is over, or impossible, for this reason: nothing after a veto, an end
// that was asked for, or a card that is no one's proof; no PIN where the card or the reader is gone.
// Reentrant.
std::vector<Method> methods_after_face(std::span<const Method> open, Reason why);
// The same after a PIN that was refused: the PIN itself stays open where another one may be keyed in.
std::vector<Method> methods_after_pin(std::span<const Method> open, Reason why);

// What is known of the card of this visit.
struct CardStanding {
    std::vector<Reason> inherited{};         // suspicion of earlier sessions
    std::optional<Milliseconds> throttled{}; // so long the face stays closed for it
    bool proven = false;                     // record and chip are genuine, in this session
};

// Why this method cannot end `verified` with this card, however well it goes. Suspicion of a forged view of
// the face leaves the visual check alone; of a forged card the method face, by which record and chip prove
// themselves, and everything once they have; too many faces that did not match close the face; a card without
// a valid sign-in certificate the PIN. Empty: it can. Reentrant.
std::optional<Reason> closed(Method method, const CardStanding& card,
                             std::span<const card::mynumber::Warning> warnings);

// `open` without the closed ones. Reentrant.
std::vector<Method> without_closed(std::span<const Method> open, const CardStanding& card,
                                   std::span<const card::mynumber::Warning> warnings);

} // namespace kaomon::session
