#include "tools/evaluate/liveness_report.hpp"

#include <boost/json/array.hpp>
#include <gtest/gtest.h>

namespace kaomon::evaluate {
namespace {

using liveness::Kind;

constexpr Setting normal{PolicyName::normal}, lit{PolicyName::strict, true};
const GroupKey flat{normal, Origin::rendered, "flat"}, recorded{normal, Origin::recorded, "bona-fide"};

Answer answer(Classification classification) {
    return {.classification = classification};
}

TEST(Tally, CountsErrorsOfBothSides) {
    LivenessTally tally;
    tally.required = {Kind::head_turn};
    for (int i = 0; i < 8; ++i)
        tally.add(flat, answer(Classification::attack));
    tally.add(flat, answer(Classification::bona_fide));
    tally.add(flat, answer(Classification::no_response));
    tally.add(recorded, answer(Classification::attack));
    tally.add(recorded, answer(Classification::bona_fide));
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

TEST(Tally, EachPolicyAndScreenHasFiguresOfItsOwn) {
    LivenessTally tally;
    tally.add(flat, answer(Classification::bona_fide));
    tally.add({lit, Origin::rendered, "flat"}, answer(Classification::attack));
    EXPECT_EQ(settings_of(tally), (std::vector{normal, lit}));
    const auto json = as_json(tally);
    EXPECT_EQ(json.at("groups").at(0).at("policy").as_string(), "normal");
    EXPECT_FALSE(json.at("groups").at(0).at("screen").as_bool());
    EXPECT_EQ(json.at("groups").at(0).at("apcer").at("hits").to_number<int>(), 1);
    EXPECT_EQ(json.at("groups").at(1).at("policy").as_string(), "strict");
    EXPECT_TRUE(json.at("groups").at(1).at("screen").as_bool());
    EXPECT_EQ(json.at("groups").at(1).at("apcer").at("hits").to_number<int>(), 0);
}

TEST(Tally, TheTableHasARowForEachSpeciesAndAColumnForEachSetting) {
    LivenessTally tally;
    tally.version = "1.0", tally.date = "2026-11-29";
    for (int i = 0; i < 100; ++i) {
        tally.add(flat, answer(i < 2 ? Classification::bona_fide : Classification::no_response));
        tally.add({lit, Origin::rendered, "flat"}, answer(Classification::attack));
        tally.add({normal, Origin::rendered, "bona-fide-calm"},
                  {.classification = i < 99 ? Classification::bona_fide : Classification::no_response,
                   .seconds = i / 50.0,
                   .asked = i < 30});
    }
    std::string text;
    for (const auto& line : as_markdown(tally))
        text += line + '\n';
    for (const char* part : {"| attack presentations | n | APCER `normal` | APCER `strict, screen` |",
                             "| print, held flat | 100 | 2.0 % (2/100; 0.2-7.0) | 0.0 % (0/100; 0.0-3.6) |",
                             "| a calm person | `normal` | 1.0 % (1/100; 0.0-5.4) | 0.0 % (0/100; 0.0-3.6) | "
                             "30.0 % (30/100; 21.2-40.0) | 1.0, 1.9 |",
                             "These are renderings; no attack level was tested."})
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
}

TEST(Tally, SaysHowLongAResponseTookAndWhatWasAskedWhereThereIsNone) {
    LivenessTally tally;
    for (const double seconds : {1.0, 9.0, 2.0})
        tally.add(flat, {.classification = Classification::attack, .seconds = seconds});
    tally.add(flat, {.seconds = 20, .hint = Reason::turn_left, .asked = true});
    tally.add({normal, Origin::rendered, "bent"}, {.seconds = 20});
    const auto json = as_json(tally);
    const auto& bent = json.at("groups").at(0);
    const auto& held = json.at("groups").at(1);
    EXPECT_EQ(held.at("median_seconds").to_number<double>(), 2);
    EXPECT_EQ(held.at("p95_seconds").to_number<double>(), 9);
    EXPECT_EQ(held.at("asked_last").at("turn_left").to_number<int>(), 1);
    EXPECT_EQ(held.at("asked").at("hits").to_number<int>(), 1);
    EXPECT_TRUE(bent.at("median_seconds").is_null());
    EXPECT_TRUE(bent.at("asked_last").as_object().empty());
}

TEST(Tally, ThePageIsJapaneseFirstAndNamesTheTermsOfTheStandard) {
    LivenessTally tally;
    tally.date = "2026-11-25";
    tally.add(flat, answer(Classification::attack));
    tally.add({normal, Origin::rendered, "bona-fide-live"}, answer(Classification::bona_fide));
    tally.add({normal, Origin::recorded, "silicone-mask"}, answer(Classification::bona_fide));
    const std::string page = as_page(tally, Language::japanese);
    for (const char* part :
         {"手に持った写真", "よく動く人", "silicone-mask", "APCER", "BPCER", "本人とされた割合",
          "100.0 % (1/1; 2.5-100.0)", "0.0 % (0/1; 0.0-97.5)", "試験済みの攻撃耐性を示すものではない"})
        EXPECT_NE(page.find(part), std::string::npos) << part;
    EXPECT_EQ(page.find("called bona fide"), std::string::npos);
    EXPECT_NE(as_page(tally, Language::english).find("called bona fide"), std::string::npos);
}

TEST(Tally, TheTextSaysWhereFiguresAreFrom) {
    LivenessTally tally;
    tally.add({normal, Origin::rendered, "screen"}, answer(Classification::bona_fide));
    std::string text;
    for (const auto& line : as_text(tally, Language::english))
        text += line + '\n';
    EXPECT_NE(text.find("rendered"), std::string::npos);
    EXPECT_NE(text.find("100.0 % (1/1; 2.5-100.0)"), std::string::npos) << text;
    EXPECT_NE(text.find("no claim of a tested attack level"), std::string::npos);
}

} // namespace
} // namespace kaomon::evaluate
