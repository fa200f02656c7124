#include "daemon/session/suspicion.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace kaomon::session {
namespace {

using namespace std::chrono_literals;
using card::mynumber::CardDigest;
using card::mynumber::CardDigestKey;
using Traits = std::vector<CardDigest>;

const Traits one{{1}, {2}}, other{{3}}, nobody{};
constexpr std::int64_t now = 1'800'000'000;

TEST(Suspicion, IsTheCardsUntilItsTimeIsOver) {
    Suspicions all(20s);
    EXPECT_TRUE(all.add(one, Reason::feed_repeated, now - 10));
    EXPECT_TRUE(all.add(one, Reason::chip_not_genuine, now));
    EXPECT_EQ(all.inherited(one, now), (std::vector{Reason::feed_repeated, Reason::chip_not_genuine}));
    EXPECT_TRUE(all.inherited(other, now).empty());
    EXPECT_EQ(all.inherited(one, now + 10), (std::vector{Reason::chip_not_genuine}));
    EXPECT_TRUE(all.inherited(one, now + 20).empty());
}

TEST(Suspicion, OneTraitInCommonIsTheSameCard) {
    Suspicions all(20s);
    EXPECT_TRUE(all.add(one, Reason::feed_repeated, now));
    EXPECT_EQ(all.inherited(Traits{{9}, {2}}, now).size(), 1U) << "its information was changed on the way";
    EXPECT_TRUE(all.inherited(Traits{{9}, {8}}, now).empty());
}

TEST(Suspicion, OfACardNobodyKnewWeighsOnNobody) {
    Suspicions all(20s);
    EXPECT_TRUE(all.add(nobody, Reason::feed_spliced, now));
    EXPECT_TRUE(all.note_no_match(nobody, now));
    EXPECT_TRUE(all.inherited(nobody, now).empty());
    EXPECT_TRUE(all.inherited(one, now).empty());
}

TEST(Suspicion, IsClearedReasonByReason) {
    Suspicions all(10s);
    EXPECT_TRUE(all.add(one, Reason::feed_repeated, now));
    EXPECT_TRUE(all.add(one, Reason::chip_not_genuine, now));
    EXPECT_TRUE(all.clear(one, Reason::feed_repeated, now));
    EXPECT_EQ(all.inherited(one, now), (std::vector{Reason::chip_not_genuine}));
}

TEST(Suspicion, HasAnEnd) {
    Suspicions all(10s);
    EXPECT_TRUE(all.add(one, Reason::feed_repeated, now));
    for (std::uint8_t i = 0; i < 255; ++i)
        EXPECT_TRUE(all.add(Traits{{7, i}}, Reason::feed_repeated, now));
    EXPECT_FALSE(all.inherited(one, now).empty());
    EXPECT_TRUE(all.add(other, Reason::feed_repeated, now));
    EXPECT_TRUE(all.inherited(one, now).empty()) << "the oldest goes";
}

TEST(Suspicion, ThreeFacesThatDoNotMatchCloseTheFaceForTenMinutes) {
    Suspicions all(10s);
    EXPECT_TRUE(all.note_no_match(one, now));
    EXPECT_TRUE(all.note_no_match(one, now + 100));
    EXPECT_TRUE(all.note_no_match(other, now + 100));
    EXPECT_FALSE(all.throttled(one, now + 100));
    EXPECT_TRUE(all.note_no_match(one, now + 200));
    EXPECT_EQ(all.throttled(one, now + 200), 400s) << "until the first one is ten minutes old";
    EXPECT_FALSE(all.throttled(other, now + 200));
    EXPECT_TRUE(all.inherited(one, now + 200).empty()) << "it is no suspicion";
    EXPECT_EQ(all.throttled(one, now + 599), 1s);
    EXPECT_FALSE(all.throttled(one, now + 600));
    EXPECT_TRUE(all.note_no_match(one, now + 600));
    EXPECT_EQ(all.throttled(one, now + 600), 100s);
}

TEST(Suspicion, EachWrongEntryAfterTheFirstDoublesTheWaitForTheNextOne) {
    Suspicions all(20s);
    std::int64_t at = now;
    EXPECT_FALSE(all.entry_delay(one, at));
    for (const int wait : {0, 30, 60, 120, 240, 480, 900, 900}) {
        EXPECT_TRUE(
            all.note_wrong_entry(one, wait % 60 == 0 ? Reason::pin_wrong : Reason::access_number_wrong, at));
        EXPECT_EQ(all.entry_delay(one, at).value_or(0s), std::chrono::seconds(wait));
        EXPECT_FALSE(all.entry_delay(other, at)) << "another card";
        if (wait > 0) {
            EXPECT_EQ(all.entry_delay(one, at + wait - 1), 1s);
        }
        at += wait;
        EXPECT_FALSE(all.entry_delay(one, at));
    }
    EXPECT_TRUE(all.inherited(one, at).empty()) << "a wrong number is no suspicion of the person";
    EXPECT_FALSE(all.throttled(one, at));
    EXPECT_TRUE(all.clear(one, Reason::access_number_wrong, at));
    EXPECT_TRUE(all.clear(one, Reason::pin_wrong, at));
    EXPECT_TRUE(all.note_wrong_entry(one, Reason::pin_wrong, at));
    EXPECT_FALSE(all.entry_delay(one, at));
    EXPECT_TRUE(all.note_wrong_entry(nobody, Reason::pin_wrong, at));
    at += 86'400;
    EXPECT_TRUE(all.note_wrong_entry(one, Reason::pin_wrong, at));
    EXPECT_FALSE(all.entry_delay(one, at)) << "of the day before";
    EXPECT_EQ(all.entry_delay(one, at - 100'000).value_or(0s), 0s) << "a clock that was set back";
}

TEST(Suspicion, AClockThatIsSetBackMakesNothingLastLonger) {
    Suspicions all(20s);
    EXPECT_TRUE(all.add(one, Reason::feed_repeated, now));
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(all.note_no_match(one, now));
    const auto before = now - 86'400;
    EXPECT_EQ(all.throttled(one, before), 600s);
    EXPECT_FALSE(all.throttled(one, before + 600));
    EXPECT_TRUE(all.inherited(one, before + 600).empty());
}

class KeptSuspicion : public testing::Test {
  protected:
    static std::filesystem::path fresh_folder() {
        char name[] = "/tmp/kaomon-suspicion-XXXXXX";
        return mkdtemp(name);
    }
    ~KeptSuspicion() override { std::filesystem::remove_all(folder_); }

    Suspicions open(std::int64_t at = now) const { return Suspicions::open(file_, key_, 900s, at); }
    std::string text() const {
        std::ifstream file(file_);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    void write(std::string_view content) const { std::ofstream(file_) << content; }
    void expect_unreadable(std::string_view what) const {
        for (int start = 0; start < 2; ++start) { // another restart changes nothing
            auto all = open(now + start);
            EXPECT_EQ(all.inherited(other, now), (std::vector{Reason::suspicion_unreadable})) << what;
            EXPECT_TRUE(all.clear(other, Reason::suspicion_unreadable, now));
            EXPECT_FALSE(all.inherited(other, now).empty()) << what << ": no card clears it";
            EXPECT_TRUE(all.inherited(other, now + 900).empty()) << what << ": and then it is over";
        }
        EXPECT_TRUE(std::filesystem::exists(folder_ / "suspicions.bad")) << what;
    }

    std::filesystem::path folder_ = fresh_folder(), file_ = folder_ / "suspicions";
    CardDigestKey key_;
};

TEST_F(KeptSuspicion, SurvivesThatTheDaemonEnds) {
    {
        auto all = open();
        EXPECT_TRUE(all.add(one, Reason::feed_repeated, now));
        EXPECT_TRUE(all.add(other, Reason::flat_face, now));
        for (int i = 0; i < 3; ++i)
            EXPECT_TRUE(all.note_no_match(one, now));
        for (int i = 0; i < 2; ++i)
            EXPECT_TRUE(all.note_wrong_entry(one, Reason::access_number_wrong, now));
        EXPECT_TRUE(all.clear(other, Reason::flat_face, now));
    }
    auto all = open();
    EXPECT_EQ(all.inherited(one, now), (std::vector{Reason::feed_repeated}));
    EXPECT_TRUE(all.inherited(other, now).empty());
    EXPECT_EQ(all.throttled(one, now + 1), 599s);
    EXPECT_EQ(all.entry_delay(one, now + 1), 29s);
    EXPECT_TRUE(open(now + 900).inherited(one, now + 900).empty());
}

TEST_F(KeptSuspicion, IsForItsOwnerAloneAndNamesNoCard) {
    auto all = open();
    EXPECT_TRUE(all.add(one, Reason::feed_repeated, now));
    EXPECT_EQ(std::filesystem::status(file_).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    EXPECT_TRUE(all.add(other, Reason::feed_repeated, now + 900));
    EXPECT_EQ(text().find(std::to_string(now + 900)), std::string::npos) << "expired ones are gone";
}

TEST_F(KeptSuspicion, ADamagedFileLeavesTheVisualCheckUntilItsTimeIsOver) {
    auto all = open();
    EXPECT_TRUE(all.add(one, Reason::feed_repeated, now));
    EXPECT_TRUE(all.add(other, Reason::flat_face, now));
    const auto good = text();
    const auto without_a_line =
        good.substr(0, good.find("flat_face")) + good.substr(good.rfind('\n', good.size() - 2) + 1);
    auto flipped = good;
    flipped[good.find("feed") + 1] ^= 1;
    for (const std::string& bad : {std::string(), std::string("{}"), good.substr(0, good.size() / 2), flipped,
                                   without_a_line, std::string(200'000, 'x'), good + "\n"}) {
        write(bad);
        expect_unreadable(bad.substr(0, 40));
    }
    std::filesystem::remove(file_);
    std::filesystem::create_directory(file_);
    EXPECT_EQ(open().inherited(other, now), (std::vector{Reason::suspicion_unreadable})) << "a folder";
}

TEST_F(KeptSuspicion, UnderAnotherKeyNothingIsKnown) {
    EXPECT_TRUE(open().add(one, Reason::feed_repeated, now));
    key_ = CardDigestKey();
    expect_unreadable("another key");
}

TEST_F(KeptSuspicion, WhatCannotBeWrittenIsSaidAndHoldsAllTheSame) {
    auto all = open();
    std::filesystem::remove_all(folder_);
    const auto kept = all.add(one, Reason::feed_repeated, now);
    ASSERT_FALSE(kept);
    EXPECT_EQ(kept.error().reason, Reason::suspicion_unwritable);
    EXPECT_EQ(all.inherited(one, now).size(), 1U);
    EXPECT_FALSE(all.note_no_match(one, now));
}

} // namespace
} // namespace kaomon::session
