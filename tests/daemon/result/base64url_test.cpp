#include "daemon/result/base64url.hpp"

#include <gtest/gtest.h>

namespace kaomon::result {
namespace {

// RFC 4648 section 10, without padding.
TEST(Base64url, WritesTheVectorsOfTheRfc) {
    EXPECT_EQ(to_base64url(""), "");
    EXPECT_EQ(to_base64url("f"), "Zg");
    EXPECT_EQ(to_base64url("fo"), "Zm8");
    EXPECT_EQ(to_base64url("foo"), "Zm9v");
    EXPECT_EQ(to_base64url("foobar"), "Zm9vYmFy");
    EXPECT_EQ(to_base64url(ByteView(Bytes{0xFB, 0xFF, 0xFE})), "-__-");
}

TEST(Base64url, ReadsBackEveryLength) {
    for (std::size_t length = 0; length < 70; ++length) {
        Bytes bytes(length);
        for (std::size_t i = 0; i < length; ++i)
            bytes[i] = static_cast<std::uint8_t>(i * 37 + length);
        EXPECT_EQ(from_base64url(to_base64url(ByteView(bytes))), bytes);
    }
}

TEST(Base64url, AcceptsOneSpellingOnly) {
    EXPECT_FALSE(from_base64url("Zg=="));
    EXPECT_FALSE(from_base64url("Zh")); // stray bits
    EXPECT_FALSE(from_base64url("Zm9"
                                "vY"));
    EXPECT_FALSE(from_base64url("Zm+v"));
    EXPECT_FALSE(from_base64url("Zm/v"));
    EXPECT_FALSE(from_base64url("Zm9v\n"));
    EXPECT_FALSE(from_base64url(std::string_view("Zm\0v", 4)));
}

} // namespace
} // namespace kaomon::result
