// A card that leaves at any command of a visit with attributes: no try, nothing half read, and the face goes
// on where it can.
#include "daemon/visit/card_part.hpp"
#include "drivers/card/simulated/simulated_reader.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"

#include <gtest/gtest.h>

namespace kaomon::visit {
namespace {

namespace mynumber = card::mynumber;
namespace simulated = card::simulated;

constexpr std::array wanted{Attribute::name, Attribute::address};

struct Visited {
    std::optional<CardEvent> met, read;
    std::uint64_t commands = 0; // of read_record()
    int tries = 0, attribute_tries = 0;
};

int tries_of(const simulated::Card& card, std::string_view application, std::uint16_t secret) {
    auto found = *simulated::find_application(card.contents(), application);
    return find_file(found, secret)->tries_left;
}

// `pulled_after`: that many commands of read_record().
Visited visit_with(std::optional<unsigned> pulled_after, std::string_view kind = "card") {
    const auto& of = test::of_kind(kind);
    simulated::SimulatedReader reader;
    const auto card = std::make_shared<simulated::Card>(of.issued.contents);
    CardPart part(reader, {.min_tries = {},
                           .trust = test::trust_of(of),
                           .sign_in_trust = {},
                           .today = [] { return test::today; },
                           .now = [] { return std::int64_t{1'795'000'000}; }});
    reader.insert(card);
    part.begin();
    part.reader_changed(reader.wait({}, SteadyClock::now()));
    Visited visited;
    visited.met = part.meet_card();
    const auto before = reader.answered();
    if (pulled_after)
        reader.apply({.verb = fault::Verb::pull, .argument = {}, .after = *pulled_after});
    visited.read = part.read_record(test::number(test::access_number), {7}, wanted);
    visited.commands = reader.answered() - before;
    visited.tries = tries_of(*card, simulated::photo_application, 0x0012);
    visited.attribute_tries = tries_of(*card, simulated::text_application, 0x0015);
    return visited;
}

TEST(VisitWithAttributes, ReadsThemAfterTheChipHasProvenItself) {
    const auto visited = visit_with({});
    ASSERT_TRUE(visited.met && std::holds_alternative<FreeDataRead>(*visited.met));
    const auto* read = std::get_if<RecordRead>(&*visited.read);
    ASSERT_NE(read, nullptr);
    EXPECT_FALSE(read->genuineness.reason);
    ASSERT_TRUE(read->attributes && *read->attributes);
    EXPECT_EQ((**read->attributes)[Attribute::name].view(), test::holder().name);
    EXPECT_TRUE((**read->attributes)[Attribute::sex].empty()) << "not wanted";
}

TEST(VisitWithAttributes, ACardThatIsNotGenuineIsNotAskedForThem) {
    for (const auto* kind : {"forged-chip", "forged-signature", "unknown-issuer"}) {
        const auto visited = visit_with({}, kind);
        const auto* read = std::get_if<RecordRead>(&*visited.read);
        ASSERT_NE(read, nullptr) << kind;
        EXPECT_FALSE(read->attributes) << kind;
    }
}

TEST(VisitWithAttributes, ACardThatLeavesAtAnyCommandLosesNoTryAndGivesNothingHalf) {
    const auto all = visit_with({}).commands;
    ASSERT_GT(all, 30U);
    std::size_t without = 0, failed = 0;
    for (unsigned after = 0; after < all; ++after) {
        const auto visited = visit_with(after);
        EXPECT_EQ(visited.tries, 10) << after;
        EXPECT_EQ(visited.attribute_tries, 10) << after;
        if (const auto* read = std::get_if<RecordRead>(&*visited.read)) {
            ASSERT_TRUE(read->attributes) << after;
            ASSERT_FALSE(*read->attributes) << after << ": the last command was never answered";
            EXPECT_EQ(read->attributes->error().reason, Reason::card_removed) << after;
            EXPECT_FALSE(read->photo.empty());
            ++without;
        } else {
            EXPECT_EQ(std::get<CardFailed>(*visited.read).why.reason, Reason::card_removed) << after;
            EXPECT_EQ(without, 0U) << "the face's part comes first";
            ++failed;
        }
    }
    EXPECT_GT(without, 8U) << "SELECT, tries, VERIFY and three files";
    EXPECT_GT(failed, 15U);
}

} // namespace
} // namespace kaomon::visit
