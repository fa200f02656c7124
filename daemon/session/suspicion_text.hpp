// What is kept of suspicions, as text: a line an entry, with reason, the second it ends, and what the card is
// known by.
#pragma once

#include "drivers/card/mynumber/card_digest.hpp"
#include "proto/reason.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::session {

inline constexpr std::size_t most_suspicions = 256; // a desk sees fewer in a month; the oldest goes first

struct SuspicionEntry {
    std::vector<card::mynumber::CardDigest> known_by; // empty: every card (suspicion_unreadable alone)
    Reason why;
    std::int64_t until; // seconds since 1970, UTC
    friend bool operator==(const SuspicionEntry&, const SuspicionEntry&) = default;
};

// Reentrant, both.
std::string text_of(std::span<const SuspicionEntry> entries);
// Nothing where it is not what text_of() writes: an entry with a reason of a later version too.
std::optional<std::vector<SuspicionEntry>> read_suspicions(std::string_view text);

} // namespace kaomon::session
