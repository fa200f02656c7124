#include "tools/evaluate/progress.hpp"

#include <gtest/gtest.h>

namespace kaomon::evaluate {
namespace {

TEST(Progress, IsALineWithABarAndTheTimeLeft) {
    EXPECT_EQ(progress_line("images", 10, 40, Milliseconds{10'000}),
              "images  [#######.......................] 10/40, 30 s left");
    EXPECT_EQ(progress_line("images", 0, 40, Milliseconds{0}), "images  [" + std::string(30, '.') + "] 0/40");
    EXPECT_EQ(progress_line("images", 40, 40, Milliseconds{9'000}),
              "images  [" + std::string(30, '#') + "] 40/40");
    EXPECT_EQ(progress_line("images", 0, 0, Milliseconds{0}), "images  [" + std::string(30, '#') + "] 0/0");
}

} // namespace
} // namespace kaomon::evaluate
