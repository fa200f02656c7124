#include "tools/evaluate/liveness_tally.hpp"

#include <boost/json/array.hpp>
#include <gtest/gtest.h>

namespace kaomon::evaluate {
namespace {

using liveness::Kind;
using liveness::Outcome;

TEST(Classify, AnAttackIsWhatFailedAndSilenceIsNoAnswer) {
    const std::array required{Kind::head_turn};
    EXPECT_EQ(classify({{Kind::head_turn, Outcome::pass, 1}}, required).classification,
              Classification::bona_fide);
    EXPECT_EQ(classify({{Kind::blink, Outcome::pass, 1}}, required).classification,
              Classification::no_response);
    EXPECT_EQ(
        classify({{Kind::head_turn, Outcome::pass, 1}, {Kind::feed_repeated, Outcome::fail, -1}}, required)
            .classification,
        Classification::attack);
    EXPECT_EQ(classify({}, {}).classification, Classification::bona_fide);
}

Answer answer(Classification classification) {
    return {.classification = classification};
}

TEST(Tally, CountsErrorsOfBothSides) {
    LivenessTally tally;
    tally.conditions.required = {Kind::head_turn};
    for (int i = 0; i < 8; ++i)
        tally.add(Origin::rendered, "flat", answer(Classification::attack));
    tally.add(Origin::rendered, "flat", answer(Classification::bona_fide));
    tally.add(Origin::rendered, "flat", answer(Classification::no_response));
    tally.add(Origin::recorded, "bona-fide", answer(Classification::attack));
    tally.add(Origin::recorded, "bona-fide", answer(Classification::bona_fide));
    const auto json = as_json(tally);
    ASSERT_EQ(json.at("groups").as_array().size(), 2U);
    for (const auto& row : json.at("groups").as_array()) {
        const bool bona_fide = row.at("kind").as_string() == "bona-fide";
        const auto& error = row.at(bona_fide ? "bpcer" : "apcer").as_object();
        EXPECT_EQ(row.at("origin").as_string(), bona_fide ? "recorded" : "rendered");
        EXPECT_EQ(error.at("hits").to_number<int>(), 1);
        EXPECT_EQ(error.at("trials").to_number<int>(), bona_fide ? 2 : 10);
        EXPECT_NEAR(error.at("rate").as_double(), bona_fide ? 0.5 : 0.1, 1e-9);
        EXPECT_GT(error.at("high95").as_double(), error.at("rate").as_double());
        EXPECT_EQ(row.at(bona_fide ? "bpnrr" : "apnrr").at("hits").to_number<int>(), bona_fide ? 0 : 1);
    }
    EXPECT_EQ(json.at("required").as_array().size(), 1U);
}

TEST(Tally, TheTextSaysWhereFiguresAreFrom) {
    LivenessTally tally;
    tally.add(Origin::rendered, "screen", answer(Classification::bona_fide));
    std::string text;
    for (const auto& line : as_text(tally, Language::english))
        text += line + '\n';
    EXPECT_NE(text.find("rendered"), std::string::npos);
    EXPECT_NE(text.find("100.0 % (1/1; 2.5-100.0)"), std::string::npos) << text;
    EXPECT_NE(text.find("no claim of a tested attack level"), std::string::npos);
}

} // namespace
} // namespace kaomon::evaluate
