#include "drivers/card/simulated/simulated_reader.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"
#include "tests/tools/clinic/choose/stand_guide.hpp"
#include "tools/clinic/choose/measure_reader.hpp"
#include "tools/clinic/choose/ranking.hpp"

#include <gtest/gtest.h>

namespace kaomon::choose {
namespace {

using namespace std::chrono;

const Date day = 2026y / November / 25;

struct Table {
    explicit Table(ReaderFault fault) : stand(SimulatedReaderStand::make(fault, day).value()) {
        guide.reader = stand.get();
        plan = {.today = day,
                .taps = 6,
                .full_taps = 2,
                .round_trips = 20,
                .photo_reads = 3,
                .number = stand->number(),
                .patience = Milliseconds(150)};
    }
    Result<void> measure() { return measure_reader(stand->reader(), guide, plan, facts); }

    std::unique_ptr<SimulatedReaderStand> stand;
    StandGuide guide;
    ReaderPlan plan;
    ReaderFacts facts;
};

TEST(MeasureReader, MeasuresAllOfAGoodOne) {
    Table table(ReaderFault::none);
    ASSERT_TRUE(table.measure());
    EXPECT_EQ(table.guide.said, "ptptptptptptui");
    EXPECT_EQ(table.facts.taps_done, 6);
    EXPECT_EQ(table.facts.taps_lost(), 0);
    EXPECT_EQ(table.facts.atr.size(), 6U);
    EXPECT_EQ(table.facts.free_data.size(), 2U) << "the others are only touched";
    EXPECT_EQ(table.facts.round_trip.size(), 20U);
    EXPECT_EQ(table.facts.photo.size(), 3U);
    EXPECT_GT(table.facts.largest_block, 256U);
    EXPECT_EQ(table.facts.photo_large.size(), 3U);
    EXPECT_EQ(table.facts.contactless, true);
    EXPECT_EQ(table.facts.unplug, ReaderFacts::Unplug::back);
    EXPECT_FALSE(table.facts.ended);
}

TEST(MeasureReader, WithoutANumberNothingIsVerified) {
    Table table(ReaderFault::none);
    table.plan.number.reset();
    ASSERT_TRUE(table.measure());
    EXPECT_TRUE(table.facts.photo.empty());
    EXPECT_EQ(measurement_of(table.facts, "A", day).find("photo_read")->grade, Grade::not_measured);
}

TEST(MeasureReader, AWrongNumberIsTriedOnceAndEndsIt) {
    Table table(ReaderFault::none);
    std::string number(table.stand->number().view());
    number.back() = number.back() == '9' ? '8' : '9';
    table.plan.number = SecretText(number);
    const auto measured = table.measure();
    ASSERT_FALSE(measured);
    EXPECT_EQ(measured.error().reason, Reason::access_number_wrong);
    EXPECT_EQ(table.guide.said, "p") << "no second tap, no second try";
}

// A card that stays what it is on any reader: not the one to measure with, and no tap that the reader lost.
class OtherCard final : public SimulatedReaderStand {
  public:
    explicit OtherCard(std::string_view kind) : kind_(test::of_kind(kind)) {}
    card::Reader& reader() override { return reader_; }
    void put_card(int) override {
        reader_.insert(std::make_shared<card::simulated::Card>(kind_.issued.contents));
    }
    void take_card() override { reader_.pull(); }
    void unplug() override {}
    void plug() override {}
    SecretText number() const override { return SecretText(card::simulated::access_number(kind_.holder)); }

  private:
    const card::simulated::CardOfAKind& kind_;
    card::simulated::SimulatedReader reader_;
};

TEST(MeasureReader, ACardThatCannotBeMeasuredWithEndsItAtTheFirstTap) {
    for (const auto& [kind, why] :
         {std::pair{"drivers-licence", Reason::not_my_number_card}, {"infant", Reason::card_without_photo}}) {
        OtherCard stand(kind);
        StandGuide guide;
        guide.reader = &stand;
        ReaderFacts facts;
        const auto measured = measure_reader(stand.reader(), guide,
                                             {.today = test::today,
                                              .taps = 3,
                                              .full_taps = 2,
                                              .round_trips = 2,
                                              .photo_reads = 1,
                                              .number = stand.number(),
                                              .unplug = false,
                                              .patience = Milliseconds(150)},
                                             facts);
        ASSERT_FALSE(measured) << kind;
        EXPECT_EQ(measured.error().reason, why);
        EXPECT_EQ(facts.taps_lost(), 0) << kind;
    }
}

TEST(MeasureReader, FindsTheLargestBlockOfASmallOne) {
    Table table(ReaderFault::small_block);
    ASSERT_TRUE(table.measure());
    EXPECT_EQ(table.facts.largest_block, 128U);
    EXPECT_EQ(table.facts.taps_lost(), 0) << "read in blocks it can carry";
    EXPECT_EQ(table.facts.photo.size(), 3U);
    EXPECT_TRUE(table.facts.photo_large.empty());
}

TEST(MeasureReader, CountsLostTaps) {
    Table table(ReaderFault::tap_loss);
    ASSERT_TRUE(table.measure());
    EXPECT_EQ(table.facts.lost, (std::map<Reason, int>{{Reason::no_card, 1}}));
}

TEST(MeasureReader, AMuteOneEndsAfterFiveInARow) {
    Table table(ReaderFault::mute);
    ASSERT_TRUE(table.measure());
    EXPECT_EQ(table.facts.lost, (std::map<Reason, int>{{Reason::card_mute, 5}}));
    EXPECT_EQ(table.facts.unplug, ReaderFacts::Unplug::not_tried);
}

TEST(MeasureReader, OneThatVanishesKeepsWhatWasMeasured) {
    Table table(ReaderFault::vanishes);
    ASSERT_TRUE(table.measure());
    EXPECT_EQ(table.facts.ended, Reason::no_reader);
    EXPECT_EQ(table.facts.round_trip.size(), 20U);
    const Measurement measured = measurement_of(table.facts, "A", day);
    EXPECT_EQ(judge(measured).grade, Grade::fail);
    EXPECT_TRUE(parse(print(measured)));
}

TEST(MeasureReader, ThePersonMayEndIt) {
    Table table(ReaderFault::none);
    table.guide.stop_at_tap = 3;
    ASSERT_TRUE(table.measure());
    EXPECT_EQ(table.facts.ended, Reason::cancelled);
    EXPECT_EQ(table.facts.taps_done, 2);
}

TEST(MeasureReader, APlugThatNobodyPullsIsNotMeasured) {
    Table table(ReaderFault::none);
    table.guide.pulls = false;
    ASSERT_TRUE(table.measure());
    EXPECT_EQ(table.facts.unplug, ReaderFacts::Unplug::not_tried);
    EXPECT_FALSE(table.facts.ended);
}

TEST(MeasureReader, WithoutAReaderThereIsNothingToMeasure) {
    Table table(ReaderFault::none);
    table.stand->unplug();
    EXPECT_EQ(table.measure().error().reason, Reason::no_reader);
    EXPECT_EQ(table.guide.said, "");
}

} // namespace
} // namespace kaomon::choose
