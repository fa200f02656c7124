#include "daemon/wiring/face.hpp"
#include "daemon/wiring/living_still.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

namespace kaomon::wiring {
namespace {

struct LivingStills : ::testing::Test {
    std::unique_ptr<face::Pipeline> pipeline = load_pipeline({.models = KAOMON_SOURCE_DIR "/models"}).value();
};

TEST_F(LivingStills, KnowWhereTheEyesAre) {
    const auto still = living_still(KAOMON_SOURCE_DIR "/models/demo/obama2.jpg", *pipeline);
    ASSERT_TRUE(still) << still.error().detail;
    int left_x = 0, left_y = 0, right_x = 0, right_y = 0;
    ASSERT_EQ(std::sscanf(still->name.c_str(), KAOMON_SOURCE_DIR "/models/demo/obama2.jpg#eyes=%d,%d,%d,%d",
                          &left_x, &left_y, &right_x, &right_y),
              4)
        << still->name;
    // Measured by hand: 251,370 and 374,384.
    EXPECT_LT(std::hypot(left_x - 251, left_y - 370), 12);
    EXPECT_LT(std::hypot(right_x - 374, right_y - 384), 12);
}

TEST_F(LivingStills, AreRefusedWithoutAFaceOrAPhotograph) {
    const std::string text = ::testing::TempDir() + "no-photograph.jpg";
    std::ofstream(text) << "a letter";
    for (const std::string& file : {text, std::string("/nowhere.jpg")}) {
        const auto still = living_still(file, *pipeline);
        ASSERT_FALSE(still);
        EXPECT_EQ(still.error().reason, Reason::parameter_invalid);
        EXPECT_TRUE(still.error().detail.starts_with(file)) << still.error().detail;
    }
}

} // namespace
} // namespace kaomon::wiring
