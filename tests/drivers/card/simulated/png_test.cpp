#include "drivers/card/simulated/png.hpp"
#include "tests/drivers/card/simulated/sample_card.hpp"

#include <gtest/gtest.h>

namespace kaomon::card::simulated {
namespace {

TEST(Png, ThisOneWasReadByAnotherDecoder) {
    // 2 x 2 white pixels; the checksums agree with those of Python's zlib (crc32, adler32).
    EXPECT_EQ(to_hex(blank_png(2, 2)), to_hex(hex("89504E470D0A1A0A"
                                                  "0000000D49484452000000020000000201000000005ACD3089"
                                                  "0000000F494441547801010400FBFF00FF00FF040001FFF66E9F0D"
                                                  "0000000049454E44AE426082")));
}

TEST(Png, ChunksClose) {
    const Bytes png = blank_png(1024, 1024); // more than one stored block
    std::size_t at = 8, chunks = 0;
    while (at + 12 <= png.size()) {
        at += 12 + (static_cast<std::size_t>(png[at]) << 24 | static_cast<std::size_t>(png[at + 1]) << 16 |
                    static_cast<std::size_t>(png[at + 2]) << 8 | png[at + 3]);
        ++chunks;
    }
    EXPECT_EQ(at, png.size());
    EXPECT_EQ(chunks, 3U);
}

} // namespace
} // namespace kaomon::card::simulated
