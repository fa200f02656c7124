// Measures a reader with a My Number Card in a person's hand (or the simulated one).
#pragma once

#include "drivers/base/clock.hpp"
#include "drivers/base/secret.hpp"
#include "drivers/card/reader.hpp"
#include "tools/clinic/choose/guide.hpp"
#include "tools/clinic/choose/reader_facts.hpp"

#include <optional>

namespace kaomon::choose {

struct ReaderPlan {
    Date today{};
    int taps = 50;         // 1..1000
    int full_taps = 10;    // of these, how many read all that needs no number; the others just enough
    int round_trips = 100; // 0..10,000
    int photo_reads = 5;   // 1..100, all under one VERIFY
    std::optional<SecretText>
        number;                 // verification number B, 14 digits; without it the photograph is not read
    std::uint8_t min_tries = 6; // fewer tries left than this: no VERIFY
    bool unplug = true;
    Milliseconds patience{20'000}; // for a card to be put down or taken, a plug to be pulled or put back
};

// Fills `facts`, which keep what was measured when it ends early (facts.ended). At the first tap the card's
// own tries are read and at most one is spent, guarded as in a visit. Reasons: no_reader, reader_service_down
// where there is nothing to measure; not_my_number_card and the like at the first tap; access_number_* and
// tries_below_minimum for a number that cannot be right. Thread-bound.
Result<void> measure_reader(card::Reader& reader, Guide& guide, const ReaderPlan& plan, ReaderFacts& facts);

} // namespace kaomon::choose
