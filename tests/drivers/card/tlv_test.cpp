#include "drivers/card/tlv.hpp"

#include <gtest/gtest.h>

namespace kaomon::card {
namespace {

TEST(Tlv, WhatIsWrittenIsReadBack) {
    for (const std::uint16_t tag : std::initializer_list<std::uint16_t>{0x5A, 0xDF27, 0x7F21, 0xFF20}) {
        for (const std::size_t size : {0U, 1U, 127U, 128U, 255U, 256U, 65535U}) {
            SecretBytes bytes;
            append_tlv(bytes, tag, Bytes(size, 0x77));
            EXPECT_EQ(whole_length(ByteView(bytes).first(std::min<std::size_t>(bytes.size(), 6))),
                      bytes.size());
            bytes.push_back(0xFF); // goes on behind the object
            const auto object = read_tlv(bytes);
            ASSERT_TRUE(object) << tag << ' ' << size;
            EXPECT_EQ(object->tag, tag);
            EXPECT_EQ(object->value.size(), size);
            EXPECT_EQ(object->whole.size(), bytes.size() - 1);
        }
    }
}

TEST(Tlv, EveryTruncationIsMalformed) {
    SecretBytes bytes;
    append_tlv(bytes, 0xDF27, Bytes(300, 1));
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const auto object = read_tlv(ByteView(bytes).first(size));
        ASSERT_FALSE(object) << size;
        EXPECT_EQ(object.error().reason, Reason::card_data_malformed);
    }
}

TEST(Tlv, FormsThatCardsDoNotUseAreMalformed) {
    EXPECT_FALSE(read_tlv(Bytes{0x30, 0x80, 0x00, 0x00}));             // indefinite length
    EXPECT_FALSE(read_tlv(Bytes{0x30, 0x83, 0x00, 0x00, 0x01, 0x00})); // three bytes of length
    EXPECT_FALSE(read_tlv(Bytes{0xFF, 0x84, 0x00, 0x01, 0x00}));       // three bytes of tag
    EXPECT_FALSE(whole_length(Bytes{0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF}));
}

TEST(Tlv, AListEndsAtItsFiller) {
    for (const Bytes& filler : {Bytes{}, Bytes{0x00, 0x00}, Bytes{0xFF}, Bytes{0xFF, 0xFF, 0xFF}}) {
        SecretBytes bytes;
        append_tlv(bytes, 0xDF22, Bytes{1});
        append_tlv(bytes, 0xFF20, Bytes{2, 3});
        bytes.insert(bytes.end(), filler.begin(), filler.end());
        const auto list = read_tlv_list(bytes);
        ASSERT_TRUE(list) << to_hex(filler);
        ASSERT_EQ(list->size(), 2U);
        EXPECT_EQ(find_tlv(*list, 0xFF20)->value.size(), 2U);
        EXPECT_FALSE(find_tlv(*list, 0xDF27));
    }
}

TEST(Tlv, AListHasAnEnd) {
    Bytes bytes;
    for (int i = 0; i < 64; ++i)
        bytes.insert(bytes.end(), {0x5A, 0x00});
    EXPECT_EQ(read_tlv_list(bytes)->size(), 64U);
    bytes.insert(bytes.end(), {0x5A, 0x00});
    EXPECT_FALSE(read_tlv_list(bytes));
}

TEST(Tlv, AnInnerLengthBeyondTheOuterIsMalformed) {
    const Bytes bytes{0xFF, 0x20, 0x03, 0xDF, 0x22, 0x08, 1, 2, 3, 4, 5, 6, 7, 8};
    const auto outer = read_tlv(bytes);
    ASSERT_TRUE(outer);
    EXPECT_FALSE(read_tlv_list(outer->value));
}

} // namespace
} // namespace kaomon::card
