// PC/SC fails, here and there, and cards come, go and are swapped at any call: the whole driver above it ends
// each visit in a reason, no try goes without an key, and no verdict is of two cards.
#include "drivers/card/mynumber/face_reading.hpp"
#include "drivers/card/pcsc/pcsc_reader.hpp"
#include "tests/drivers/card/inject/pcsc_service.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"
#include "tests/drivers/inject/inject.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <new>
#include <random>

namespace kaomon::test {
namespace {

using namespace card::mynumber;

struct Counts {
    std::uint64_t visits = 0, acts = 0, verifies = 0, lost = 0, verdicts = 0, failed = 0;
    std::map<Reason, int> reasons;
};

// Tries left, of both cards.
int tries(const PcscService& service) {
    int sum = 0;
    for (const auto& card : service.cards) {
        for (const auto& application : card.contents().applications) {
            for (const auto& file : application.files)
                sum += file.kind == card::simulated::FileKind::secret ? file.tries_left : 0;
        }
    }
    return sum;
}

std::string last; // why the last visit ended

// One visit, as the card thread makes it.
void visit(PcscService& service, card::Reader& reader, card::ReaderState& state, Guard& guard, bool wrong,
           IdempotencyKey key, Counts& counts) {
    const TrustStore trusted = [] {
        const inject::Paused paused;
        return trust();
    }();
    const auto go = [&]() -> Result<void> {
        state = reader.wait(state, SteadyClock::now());
        auto card = reader.open();
        if (!card)
            return std::unexpected(card.error());
        const auto keyed = number(wrong ? "55021720350000" : access_number);
        const auto read = read_face(**card, keyed, guard, key, trusted, today);
        if (!read)
            return std::unexpected(read.error());
        const Genuineness& found = read->genuineness;
        if (found.signature == Check::valid && found.chip == Check::valid) {
            ++counts.verdicts;
            EXPECT_EQ(service.answered.size(), 1U) << "a verdict of two cards";
        }
        return {};
    };
    ++counts.visits;
    const int before = service.verifies;
    const bool was_spent = guard.spent(key);
    try { // OpenSSL's calls fail here too
        if (const auto done = go(); !done) {
            ++counts.reasons[done.error().reason];
            last = std::string(word(done.error().reason)) + ": " + done.error().detail;
        }
    } catch (const std::bad_alloc&) {
        ++counts.reasons[Reason::internal_error]; // as the card thread has it
    }
    const int sent = service.verifies - before;
    EXPECT_LE(sent, was_spent ? 0 : 1) << "an act had a second VERIFY";
    counts.verifies += static_cast<unsigned>(sent);
}

TEST(PcscFaults, EndInReasonsAndSpendNothing) {
    const char* wanted = std::getenv("KAOMON_SEQUENCES");
    const unsigned long seeds = wanted != nullptr ? std::strtoul(wanted, nullptr, 10) : 150;
    Counts counts;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937_64 random(seed);
        PcscService service;
        service.put(0);
        const int fresh = tries(service);
        const auto gone = [&] { return static_cast<std::uint64_t>(fresh - tries(service)); };
        auto reader = card::pcsc::make_reader("");
        card::ReaderState state;
        Guard guard(MinTries{6, 2});
        std::uint64_t acts = 0, spent = 0;
        {
            const inject::Failing failing(seed, 4U << seed % 7);
            for (int i = 0; i < 6; ++i) {
                const bool again = acts > 0 && random() % 3 == 0; // a repeated message: the same act
                acts += again ? 0 : 1;
                service.unplug(random() % 16 == 0);
                if (random() % 3 == 0)
                    service.put(random() % 2);
                const auto verifies = counts.verifies;
                visit(service, *reader, state, guard, random() % 4 == 0, IdempotencyKey{acts}, counts);
                spent += counts.verifies - verifies;
                ASSERT_LE(gone(), spent) << "a try went that nobody asked for";
                if (testing::Test::HasFailure())
                    return;
            }
            counts.failed += inject::failures();
        }
        counts.acts += acts;
        counts.lost += gone();
        // And when nothing fails any more, it works again.
        service.unplug(false);
        service.put(1);
        const auto verdicts = counts.verdicts;
        for (int i = 0; i < 10 && counts.verdicts == verdicts; ++i) // the first may notice a restart only now
            visit(service, *reader, state, guard, false,
                  IdempotencyKey{1000 + seed * 10 + static_cast<unsigned>(i)}, counts);
        const bool below_minimum = gone() > 4;
        ASSERT_TRUE(counts.verdicts > verdicts || below_minimum) << "the reader does not come back: " << last;
    }
    std::cout << counts.visits << " visits, " << counts.failed << " failed calls, " << counts.acts
              << " acts, " << counts.verifies << " VERIFYs, " << counts.lost
              << " tries lost by wrong numbers, " << counts.verdicts << " verdicts; " << counts.reasons.size()
              << " reasons:";
    for (const auto& [reason, count] : counts.reasons)
        std::cout << ' ' << word(reason) << ' ' << count;
    std::cout << '\n';
    EXPECT_GT(counts.verdicts, seeds / 2);
    EXPECT_GT(counts.reasons.size(), 6U);
    EXPECT_GT(counts.lost, seeds / 20);
}

} // namespace
} // namespace kaomon::test
