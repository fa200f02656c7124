#include "drivers/base/bytes.hpp"

#include <gtest/gtest.h>

namespace kaomon {
namespace {

TEST(ToHex, TwoLowerCaseDigitsAByte) {
    EXPECT_EQ(to_hex({}), "");
    EXPECT_EQ(to_hex(Bytes{0x00, 0x0f, 0xA5, 0xFF}), "000fa5ff");
}

} // namespace
} // namespace kaomon
