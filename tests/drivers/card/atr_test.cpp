#include "drivers/card/atr.hpp"

#include <gtest/gtest.h>

namespace kaomon::card {
namespace {

TEST(IsContactless, ByThePseudoAnswerToReset) {
    EXPECT_TRUE(is_contactless(Bytes{0x3B, 0x88, 0x80, 0x01, 1, 2, 3, 4, 5, 6, 7, 0x70, 0x00}));
    EXPECT_TRUE(is_contactless(Bytes{0x3B, 0x8F, 0x80, 0x01, 0x80, 0x4F}));
    EXPECT_FALSE(is_contactless(Bytes{0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14}));
    EXPECT_FALSE(is_contactless(Bytes{0x3B, 0x88, 0x80}));
    EXPECT_FALSE(is_contactless(Bytes{}));
}

} // namespace
} // namespace kaomon::card
