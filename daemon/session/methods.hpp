// Which methods are open when one is over, and what a verdict is worth under suspicion. Pure.
#pragma once

#include "daemon/match/verdict.hpp"
#include "drivers/card/mynumber/photo_record.hpp"
#include "proto/method.hpp"

#include <span>
#include <vector>

namespace kaomon::session {

// What is left of `open` when the face is over, or impossible, for this reason: nothing after a veto, an end
// that was asked for, or a card that is no one's proof; no PIN where the card or the reader is gone.
// Reentrant.
std::vector<Method> methods_after_face(std::span<const Method> open, Reason why);
// The same after a PIN that was refused: the PIN itself stays open where another one may be keyed in.
std::vector<Method> methods_after_pin(std::span<const Method> open, Reason why);

// A verdict as it stands with what the card inherited. Only `verified` can change: suspicion of a forged card
// falls away only when record and chip have proven themselves (method face); of a forged view of the
// face, only by a visual check (else undecided, suspicion_remains). Reentrant.
match::Verdict under_suspicion(match::Verdict verdict, Method method,
                               const card::mynumber::Genuineness& genuineness,
                               std::span<const Reason> inherited);

} // namespace kaomon::session
