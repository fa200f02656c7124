// What a session leaves behind for the next ones with the same card: vetoes (a session has one verdict, and a
// retry inherits it as suspicion), and faces that did not match.
#pragma once

#include "daemon/session/suspicion_text.hpp"
#include "drivers/base/result.hpp"
#include "drivers/card/mynumber/card_digest.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

namespace kaomon::session {

// NIST SP 800-63B-4 §3.2.2 asks for a limit on failed attempts and leaves the number to the verifier.
inline constexpr std::size_t most_no_matches = 3;
inline constexpr std::chrono::seconds no_match_window{600};

// Wrong numbers and PINs are remembered for a day. Before the next one: nothing after the first (a slip of
// the hand), then half a minute, then twice as long each time, a quarter of an hour at most.
inline constexpr std::chrono::seconds wrong_entry_window{86'400}, first_entry_delay{30},
    longest_entry_delay{900};

// Bound to the card by what it is known by: one trait in common suffices. With a file it survives restart and
// kill: 0600, sealed under the key of the digests, replaced whole, the latest 256 entries, expired ones gone
// with the next change. `now`: seconds since 1970, UTC; a clock that was set back makes nothing last longer
// than its own time from then on. Thread-bound.
class Suspicions {
  public:
    using Card = std::span<const card::mynumber::CardDigest>; // what it is known by; empty: no card was known

    explicit Suspicions(std::chrono::seconds lasts) : lasts_(lasts) {} // in memory only

    // A file that is damaged, or was sealed under another key, is set aside as FILE.bad: nothing is known of
    // any card then, and for as long as the longest suspicion lasts every card inherits
    // suspicion_unreadable, also after another restart. Never fails: what cannot be written is told by
    // the next change.
    static Suspicions open(const std::filesystem::path& file, card::mynumber::CardDigestKey key,
                           std::chrono::seconds lasts, std::int64_t now);

    // A session with this card was vetoed with `why`; of a card nobody knew nothing is kept. Kept in memory
    // even where it cannot be written. Reason: suspicion_unwritable.
    Result<void> add(Card card, Reason why, std::int64_t now);
    // What this card has inherited; each reason once, the oldest first.
    std::vector<Reason> inherited(Card card, std::int64_t now);
    // The card has cleared itself of it. Reason: suspicion_unwritable.
    Result<void> clear(Card card, Reason why, std::int64_t now);

    // A face did not match this card; clear() forgets that, too. Reason: suspicion_unwritable.
    Result<void> note_no_match(Card card, std::int64_t now);
    // How long the method face stays closed for this card: after three in the window until the first of them
    // leaves it. Empty: it is open.
    std::optional<std::chrono::seconds> throttled(Card card, std::int64_t now);

    // The card refused a number or PIN, `why`; clear() forgets that, too. Reason: suspicion_unwritable.
    Result<void> note_wrong_entry(Card card, Reason why, std::int64_t now);
    // How long the next number or PIN for this card waits. Empty: not at all.
    std::optional<std::chrono::seconds> entry_delay(Card card, std::int64_t now);

  private:
    struct File {
        std::filesystem::path path;
        card::mynumber::CardDigestKey key;
    };

    std::chrono::seconds longest() const { return std::max(lasts_, no_match_window); }
    std::chrono::seconds window_of(Reason why) const;
    void expire(std::int64_t now);
    Result<void> keep(SuspicionEntry entry, std::int64_t now);
    Result<void> write();
    static bool is_of(const SuspicionEntry& entry, Card card);

    std::chrono::seconds lasts_;
    std::vector<SuspicionEntry> all_; // the oldest first
    std::optional<File> file_;
};

} // namespace kaomon::session
