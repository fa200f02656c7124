#include "drivers/card/apdu.hpp"

#include <gtest/gtest.h>

namespace kaomon::card {
namespace {

Command command(std::size_t nc, std::uint32_t ne) {
    return {0x00, 0xB0, 0x12, 0x34, SecretBytes(nc, 0x5A), ne};
}

// Case 1 to 4 of ISO/IEC 7816-3, short and extended, at the edges of each length field.
TEST(Command, WhatIsEncodedIsDecodedToTheSame) {
    for (const std::size_t nc : {0U, 1U, 14U, 254U, 255U, 256U, 257U, 65535U}) {
        for (const std::uint32_t ne : {0U, 1U, 255U, 256U, 257U, 65535U, 65536U}) {
            const Command original = command(nc, ne);
            const auto decoded = Command::decode(original.encode());
            ASSERT_TRUE(decoded) << nc << ' ' << ne;
            EXPECT_EQ(decoded->cla, 0x00);
            EXPECT_EQ(decoded->ins, 0xB0);
            EXPECT_EQ(decoded->p1, 0x12);
            EXPECT_EQ(decoded->p2, 0x34);
            EXPECT_EQ(decoded->data, original.data) << nc << ' ' << ne;
            EXPECT_EQ(decoded->ne, ne) << nc;
        }
    }
}

TEST(Command, ShortFormAsTheCardExpectsIt) {
    EXPECT_EQ(to_hex(Command{0x00, 0xB0, 0x01, 0x00, {}, 256}.encode()), "00b0010000");
    EXPECT_EQ(to_hex(Command{0x00, 0xA4, 0x02, 0x0C, {0x00, 0x12}, 0}.encode()), "00a4020c020012");
    EXPECT_EQ(to_hex(Command{0x00, 0x20, 0x00, 0x80, {}, 0}.encode()), "00200080");
    EXPECT_EQ(to_hex(Command{0x80, 0x2A, 0x00, 0x00, {0xAA}, 256}.encode()), "802a000001aa00");
    EXPECT_EQ(to_hex(Command{0x00, 0xB0, 0x00, 0x00, {}, 2048}.encode()), "00b00000000800");
}

TEST(Command, RefusesLengthsThatDoNotClose) {
    for (const Bytes& bytes : {Bytes{}, Bytes{0x00}, Bytes{0x00, 0xA4, 0x04}, Bytes{0, 0xA4, 4, 0, 2, 0x11},
                               Bytes{0, 0xA4, 4, 0, 2, 1, 2, 3, 4}, Bytes{0, 0xA4, 4, 0, 0, 0, 5, 1, 2},
                               Bytes{0, 0xA4, 4, 0, 0, 0, 0, 1, 2}}) {
        const auto decoded = Command::decode(bytes);
        ASSERT_FALSE(decoded) << to_hex(bytes);
        EXPECT_EQ(decoded.error().reason, Reason::card_data_malformed);
    }
}

TEST(Response, SplitsDataAndStatusWord) {
    const auto response = Response::decode({1, 2, 0x63, 0xC5});
    ASSERT_TRUE(response);
    EXPECT_EQ(response->data, (SecretBytes{1, 2}));
    EXPECT_EQ(tries_left(response->status), 5);
    EXPECT_FALSE(Response::decode({0x90}));
    EXPECT_EQ(Response::decode({}).error().reason, Reason::card_error);
}

TEST(StatusWord, TellsTriesAndLocks) {
    EXPECT_EQ(tries_left({0x63C0}), 0);
    EXPECT_EQ(tries_left({0x63CF}), 15);
    EXPECT_FALSE(tries_left(sw::wrong_no_counter));
    EXPECT_FALSE(tries_left(sw::ok));
    EXPECT_TRUE(is_locked({0x6983}));
    EXPECT_TRUE(is_locked({0x6984}));
    EXPECT_FALSE(is_locked({0x63C0}));
}

} // namespace
} // namespace kaomon::card
