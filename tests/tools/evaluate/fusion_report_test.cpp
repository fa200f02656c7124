#include "tools/evaluate/fusion_report.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

namespace kaomon::evaluate {
namespace {

using ::testing::HasSubstr;

FusionReport report() {
    FusionReport made;
    made.kind = match::ScoreKind::normalised;
    made.rate = 1e-4;
    made.faces = 3103;
    made.folds = {{0.3, 2000, 0.05, 0.04, 0.1}, {0.4, 2010, 0.06, 0.05, 0.2}};
    made.first = {0.055, 0.04, 0.07};
    made.fused = {0.045, 0.03, 0.06};
    made.second = {0.15, 0.1, 0.2};
    made.change = {-0.01, -0.02, 0.001};
    return made;
}

TEST(FusionReport, SaysRatesChangeAndWeights) {
    const std::string text = as_text(report(), Language::english);
    for (const char* part :
         {"3103 faces, normalised score, no group above FMR 0.0001, 2 folds",
          "first alone   5.50 % (4.00–7.00)", "second alone  15.00 % (10.00–20.00)",
          "both          4.50 % (3.00–6.00)", "change        -1.00 points (-2.00 … +0.10)", "0.3 0.4"})
        EXPECT_THAT(text, HasSubstr(part));
    EXPECT_THAT(as_text(report(), Language::japanese), HasSubstr("-1.00 ポイント"));
}

TEST(FusionReport, IsJson) {
    const auto json = boost::json::parse(as_json(report())).as_object();
    EXPECT_EQ(json.at("schema"), "kaomon.fusion/1");
    EXPECT_EQ(json.at("score"), "normalised");
    EXPECT_EQ(json.at("change").at("lowest").as_double(), -0.02);
    EXPECT_EQ(json.at("folds").as_array().size(), 2U);
    EXPECT_EQ(json.at("folds").at(1).at("weight").as_double(), 0.4);
    EXPECT_EQ(json.at("folds").at(1).at("mated").to_number<int>(), 2010);
}

} // namespace
} // namespace kaomon::evaluate
