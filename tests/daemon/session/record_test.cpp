// What the desk writes into its record: one line for what was decided, one for all that was given up before
// anything was, and a place that the signed result names.
#include "daemon/audit/examination.hpp"
#include "tests/daemon/session/scripted_sides.hpp"

#include <fstream>
#include <iterator>

namespace kaomon::session {
namespace {

class DesksRecord : public VerificationDeskTest {
  protected:
    std::string text() const {
        std::ifstream file(folder_ / "audit.jsonl");
        return {std::istreambuf_iterator<char>(file), {}};
    }
    std::size_t lines() const {
        const std::string all = text();
        return static_cast<std::size_t>(std::ranges::count(all, '\n'));
    }
    void a_minute_passes() {
        desk_->on_health({});
        turn();
    }
};

TEST_F(DesksRecord, SessionsThatAreGivenUpAreOneLine) {
    for (int i = 0; i < 500; ++i) {
        const auto id = begin();
        ASSERT_TRUE(id);
        ASSERT_TRUE(desk_->cancel(*id, 1000, i % 5 == 0 ? Reason::cancelled : Reason::caller_gone));
        EXPECT_FALSE(last().result) << "nothing was decided: there is nothing to sign";
    }
    EXPECT_EQ(lines(), 0U);
    a_minute_passes();
    EXPECT_EQ(lines(), 1U);
    EXPECT_NE(text().find(R"("event":"abandoned","count":"500")"), std::string::npos) << text();
    EXPECT_NE(text().find(R"("callers":"1000:500","reasons":"caller_gone:400,cancelled:100")"),
              std::string::npos);
    a_minute_passes();
    EXPECT_EQ(lines(), 1U) << "nothing new";
}

TEST_F(DesksRecord, WhatWasGivenUpStandsBeforeTheNextVerification) {
    const auto id = begin();
    ASSERT_TRUE(desk_->cancel(*id, 1000, Reason::caller_gone));
    until_looking();
    face(FaceReady{looking_at(0), live_feed()});
    EXPECT_EQ(lines(), 2U);
    EXPECT_LT(text().find("abandoned"), text().find(R"("decision":"verified")"));
    const auto line = text().substr(text().find('\n') + 1);
    ASSERT_TRUE(claims().audit);
    EXPECT_EQ(claims().audit->sequence, 2);
    EXPECT_NE(line.find(R"("prev":")" + claims().audit->previous), std::string::npos);
    EXPECT_NE(line.find(audit::sha256_hex(*last().result)), std::string::npos);
}

TEST_F(DesksRecord, AndWhenTheDeskStops) {
    const auto id = begin();
    ASSERT_TRUE(desk_->cancel(*id, 1000, Reason::caller_gone));
    desk_->stop();
    EXPECT_EQ(lines(), 1U);
}

// As long as there is no reader every session ends at once: who asks again and again gets ten lines a minute.
TEST_F(DesksRecord, SessionsThatEndByAFaultAreOneLineBeyondTenAMinute) {
    for (int i = 0; i < 100; ++i) {
        ASSERT_TRUE(begin());
        reader(card::ReaderCondition::no_reader);
        EXPECT_EQ(reason(), Reason::no_reader);
        EXPECT_EQ(last().result.has_value(), i < 10);
    }
    EXPECT_EQ(lines(), 10U);
    a_minute_passes();
    EXPECT_EQ(lines(), 11U);
    EXPECT_NE(text().find(R"("reasons":"no_reader:90")"), std::string::npos) << text();
    now_ += 60;
    ASSERT_TRUE(begin());
    reader(card::ReaderCondition::no_reader);
    EXPECT_TRUE(last().result);
}

// A card was met: somebody's tries were looked at, and maybe a number was refused.
TEST_F(DesksRecord, ASessionThatMetACardHasALineOfItsOwn) {
    const auto id = begin();
    put_card();
    card(free_data());
    ASSERT_TRUE(desk_->cancel(*id, 1000, Reason::cancelled));
    EXPECT_TRUE(last().result);
    EXPECT_NE(text().find(R"("reason":"cancelled")"), std::string::npos);
}

} // namespace
} // namespace kaomon::session
