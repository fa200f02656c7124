#include "tools/clinic/choose/comparison.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kaomon::choose {
namespace {

using namespace std::chrono;
using ::testing::HasSubstr;
using ::testing::Not;

const Date day = 2026y / November / 25;

Measurement candidate(Device device, std::string name, Grade grade, std::string simulated = {}) {
    return {.device = device,
            .name = std::move(name),
            .id = "<id>",
            .simulated = std::move(simulated),
            .on = day,
            .criteria = {{.word = "photo_read",
                          .name = {"顔写真の読み取り", "reading the photograph"},
                          .value = 1234.5,
                          .unit = "ms",
                          .grade = grade,
                          .reason = {"遅いです。", "slow"}}},
            .series = {{"photo_read", {"時間", "time"}, "ms", {1, 2, 3}}}};
}

TEST(Comparison, JsonIsBestFirst) {
    const std::vector<Measurement> all{candidate(Device::reader, "A", Grade::fail),
                                       candidate(Device::reader, "B", Grade::pass, "reader"),
                                       candidate(Device::camera, "C", Grade::conditional)};
    const auto json = boost::json::parse(comparison_json(all, day));
    EXPECT_EQ(json.at_pointer("/readers/0/name").as_string(), "B");
    EXPECT_EQ(json.at_pointer("/readers/0/rank").as_int64(), 1);
    EXPECT_EQ(json.at_pointer("/readers/1/grade").as_string(), "fail");
    EXPECT_EQ(json.at_pointer("/readers/1/reason/ja").as_string(), "遅いです。");
    EXPECT_EQ(json.at_pointer("/cameras/0/criteria/0/value").as_double(), 1234.5);
    EXPECT_EQ(json.at_pointer("/simulated/0").as_string(), "B");
    EXPECT_EQ(json.at_pointer("/simulated").as_array().size(), 1U);
}

TEST(Comparison, ThePageSaysOnEverySheetWhatIsSimulated) {
    const std::vector<Measurement> real{candidate(Device::reader, "A", Grade::pass)};
    EXPECT_THAT(comparison_page(real, Language::english, day), Not(HasSubstr("SIMULATED")));
    const std::vector<Measurement> mixed{candidate(Device::reader, "A", Grade::pass),
                                         candidate(Device::camera, "B", Grade::pass, "camera")};
    const std::string page = comparison_page(mixed, Language::english, day);
    EXPECT_THAT(page, HasSubstr("@page { @top-center { content: \"SIMULATED: camera B"));
    EXPECT_THAT(page, HasSubstr("B (simulated)"));
    EXPECT_THAT(comparison_page(std::span(mixed).last(1), Language::english, day),
                HasSubstr("SIMULATED: every candidate"));
}

TEST(Comparison, ThePageShowsVerdictReasonFigureAndPlot) {
    const std::vector<Measurement> all{candidate(Device::reader, "A", Grade::conditional)};
    const std::string page = comparison_page(all, Language::japanese, day);
    for (const char* part : {"条件付き", "遅いです。", "1234 ms", "<svg", "&lt;id&gt;", "まだ測っていません"})
        EXPECT_THAT(page, HasSubstr(part));
    EXPECT_THAT(comparison_page({}, Language::english, day), HasSubstr("None was measured yet."));
}

} // namespace
} // namespace kaomon::choose
