#include "tools/clinic/choose/measurement.hpp"

#include <gtest/gtest.h>

namespace kaomon::choose {
namespace {

using namespace std::chrono;

Measurement example() {
    return {
        .device = Device::camera,
        .name = "カメラA",
        .id = "usb-\"x\"",
        .simulated = "camera",
        .on = 2027y / January / 5,
        .criteria =
            {{"frame_rate",
              {"毎秒の枚数", "frame rate"},
              29.97,
              "1/s",
              {},
              Grade::pass,
              {"十分です。", "enough."}},
             {"colour", {"色", "colour"}, std::nullopt, "", {"カラー", "colour"}, Grade::not_measured, {}}},
        .series = {{"interval", {"間隔", "interval"}, "ms", {33.3, 33.4}}}};
}

TEST(Measurement, ReadsWhatItPrints) {
    const auto read = parse(print(example()));
    ASSERT_TRUE(read) << read.error().what.en;
    EXPECT_EQ(print(*read), print(example()));
    EXPECT_EQ(read->find("frame_rate")->value, 29.97);
    EXPECT_EQ(read->find("nothing"), nullptr);
    EXPECT_EQ(read->series_of("interval")->samples.size(), 2U);
}

TEST(Measurement, RefusesWhatCannotBe) {
    const std::string good = print(example());
    for (std::size_t cut = 0; cut + 2 < good.size(); ++cut)
        EXPECT_FALSE(parse(good.substr(0, cut)));
    for (const auto& [from, to] : {std::pair{"\"camera\",\"name\"", "\"toaster\",\"name\""},
                                   {"\"pass\"", "\"super\""},
                                   {"2027-01-05", "2027-13-05"},
                                   {"\"value\":2", "\"value\":true,\"x\":2"}}) {
        std::string text = good;
        const auto at = text.find(from);
        ASSERT_NE(at, text.npos) << from;
        EXPECT_FALSE(parse(text.replace(at, std::string_view(from).size(), to))) << from;
    }
}

} // namespace
} // namespace kaomon::choose
