// Which way is open when another one is over, and what a verdict is worth under suspicion. Pure.
#pragma once

#include "daemon/match/verdict.hpp"
#include "drivers/card/mynumber/photo_record.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::session {

inline constexpr std::string_view way_face = "face", way_pin = "pin", way_staff = "staff";

// What is left of `open` when the face is over, or impossible, for this reason: nothing after a veto, an end
// that was asked for, or a card that is no one's proof; no PIN where the card or the reader is gone.
// Reentrant.
std::vector<std::string> ways_after_face(std::span<const std::string> open, Reason why);
// The same after a PIN that was refused: the PIN itself stays open where another one may be keyed in.
std::vector<std::string> ways_after_pin(std::span<const std::string> open, Reason why);

// The words an eye check may give for its being needed: those of the interface's EyeCheck.
bool is_eye_check_reason(std::string_view word) noexcept;

// A verdict as it stands with what the card inherited. Only `verified` can change: suspicion of a forged card
// falls away only when record and chip have proven themselves (the face's way); of a forged view of the face,
// only by an eye check (else undecided, suspicion_remains). Reentrant.
match::Verdict under_suspicion(match::Verdict verdict, std::string_view way,
                               const card::mynumber::Genuineness& genuineness,
                               std::span<const Reason> inherited);

} // namespace kaomon::session
