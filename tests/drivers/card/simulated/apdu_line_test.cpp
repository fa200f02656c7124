#include "drivers/card/simulated/apdu_line.hpp"
#include "tests/drivers/card/simulated/sample_card.hpp"

#include <gtest/gtest.h>

namespace kaomon::card::simulated {
namespace {

TEST(ApduLine, CountsWhatItMustNotShow) {
    EXPECT_EQ(apdu_line(hex("0020008004 31323334"), hex("63C2")), "00200080 +4 B -> 63c2");
    EXPECT_EQ(apdu_line(hex("00B0000000"), Bytes(258, 0x90)), "00b00000 -> 256 B 9090");
    EXPECT_EQ(apdu_line(hex("00A4040C0A D392F000260100000001"), hex("9000")),
              "00a4040c d392f000260100000001 -> 9000");
    EXPECT_EQ(apdu_line(hex("00A4040C20 3132333435363738393031323334353637383930313233343536373839303132"),
                        hex("6A82")),
              "00a4040c +32 B -> 6a82");
    EXPECT_EQ(apdu_line(hex("002000800A 3132"), hex("6700")), "00200080 (malformed) -> 6700");
    EXPECT_EQ(apdu_line({}, {}), " (malformed) ->");
}

} // namespace
} // namespace kaomon::card::simulated
