#include "drivers/card/pcsc/extended_length.hpp"

#include <gtest/gtest.h>

namespace kaomon::card::pcsc {
namespace {

// TS, T0 (4 historical bytes + 80), TD1 T=0 .. as ISO/IEC 7816-3 builds it
const Bytes extended_card{0x3B, 0x85, 0x01, 0x80, 0x73, 0xC0, 0x21, 0xC0, 0x00};
const Bytes short_card{0x3B, 0x85, 0x01, 0x80, 0x73, 0xC0, 0x21, 0x80, 0x00};
const Bytes my_number_contact{0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14};
const Bytes my_number_contactless{0x3B, 0x88, 0x80, 0x01, 1, 2, 3, 4, 5, 6, 7, 0x70, 0x00};

TEST(ExtendedLength, TheCardMustSaySo) {
    EXPECT_TRUE(card_takes_extended(extended_card));
    EXPECT_FALSE(card_takes_extended(short_card));
    EXPECT_FALSE(card_takes_extended(my_number_contact));
    EXPECT_FALSE(card_takes_extended(my_number_contactless));
}

TEST(ExtendedLength, EveryTruncationIsANo) {
    for (std::size_t size = 0; size + 1 < extended_card.size(); ++size) {
        EXPECT_FALSE(card_takes_extended(ByteView(extended_card).first(size))) << size;
    }
    EXPECT_FALSE(card_takes_extended(Bytes{0x3B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}));
}

TEST(ExtendedLength, BothMustSaySo) {
    EXPECT_EQ(read_block_for(extended_card, 65536), 2048U);
    EXPECT_EQ(read_block_for(extended_card, 520), 520U);
    EXPECT_EQ(read_block_for(extended_card, 0), 256U);
    EXPECT_EQ(read_block_for(my_number_contactless, 65536), 256U);
}

} // namespace
} // namespace kaomon::card::pcsc
