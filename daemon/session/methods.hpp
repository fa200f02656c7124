// Which way is open when another one is over, and what a verdict is worth under suspicion. Pure.
#pragma once

#include "daemon/match/verdict.hpp"
#include "drivers/card/mynumber/photo_record.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::session {

inline constexpr std::string_view method_face = "face", method_pin = "pin",
                                  method_visual_check = "visual_check";

// What is left of `open` when the face is over, or impossible, for this reason: nothing after a veto, an end
// that was asked for, or a card that is no one's proof; no PIN where the card or the reader is gone.
// Reentrant.
std::vector<std::string> methods_after_face(std::span<const std::string> open, Reason why);
// The same after a PIN that was refused: the PIN itself stays open where another one may be keyed in.
std::vector<std::string> methods_after_pin(std::span<const std::string> open, Reason why);

// The words a visual check may give for its being needed: those of the interface's VisualCheck.
bool is_visual_check_reason(std::string_view word) noexcept;

// A verdict as it stands with what the card inherited. Only `verified` can change: suspicion of a forged card
// falls away only when record and chip have proven themselves (the face's method); of a forged view of the
// face, only by a visual check (else undecided, suspicion_remains). Reentrant.
match::Verdict under_suspicion(match::Verdict verdict, std::string_view method,
                               const card::mynumber::Genuineness& genuineness,
                               std::span<const Reason> inherited);

} // namespace kaomon::session
