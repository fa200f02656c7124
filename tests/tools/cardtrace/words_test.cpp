#include "tools/cardtrace/words.hpp"

#include <gtest/gtest.h>

namespace kaomon::cardtrace {
namespace {

card::trace::Line line(const char* text) {
    const auto read = card::trace::parse(text);
    EXPECT_TRUE(read) << text;
    return read ? *read : card::trace::Line{};
}

TEST(TraceWords, AFileHasItsNameOnlyInItsApplication) {
    Interpreter interpreter;
    EXPECT_EQ(interpreter.command(line("+0 1us 00A4020C 2 0012 le=0 -> 0 6A82")).en, "select 0012");
    EXPECT_EQ(interpreter.command(line("+0 1us 00A4040C 10 D3921000310001010402 le=0 -> 0 9000")).en,
              "select face-check application");
    EXPECT_EQ(interpreter.command(line("+0 1us 00A4020C 2 0012 le=0 -> 0 9000")).en,
              "select verification number B");
    EXPECT_EQ(interpreter.command(line("+0 1us 00200080 0 - le=0 -> 0 63CA")).en,
              "ask for the tries left of verification number B");
    EXPECT_EQ(interpreter.command(line("+0 1us 00200080 14 - le=0 -> 0 9000")).en,
              "VERIFY, one try: verification number B, 14 digits");
    EXPECT_EQ(interpreter.command(line("+0 1us 00A4040C 10 D392F000260100000001 le=0 -> 0 9000")).ja,
              "選択: 公的個人認証AP");
    EXPECT_EQ(interpreter.command(line("+0 1us 00A4020C 2 0018 le=0 -> 0 9000")).ja,
              "選択: 利用者証明用暗証番号");
    EXPECT_EQ(interpreter.command(line("+0 1us 00B00120 0 - le=256 -> 256 9000")).en,
              "read sign-in PIN, from 288");
}

TEST(TraceWords, WhatHasNoNameIsItsNumber) {
    Interpreter interpreter;
    interpreter.command(line("+0 1us 00A4040C 10 D3921000310001010100 le=0 -> 0 9000"));
    EXPECT_EQ(interpreter.command(line("+0 1us 00A4020C 2 0001 le=0 -> 0 9000")).en,
              "select card information (expiry)");
    EXPECT_EQ(interpreter.command(line("+0 1us 00A4020C 2 0007 le=0 -> 0 9000")).en, "select 0007");
    EXPECT_EQ(
        interpreter.command(line("+0 1us 00A4040C 16 A0000002310100000000000000000000 le=0 -> 0 9000")).en,
        "select driver's licence DF1");
}

TEST(TraceWords, AStatusIsAWordOrAReason) {
    EXPECT_EQ(status(line("+0 1us 00200080 0 - le=0 -> 0 63CA")).en, "10 tries left");
    EXPECT_EQ(status(line("+0 1us 00200080 14 - le=0 -> 0 6984")).ja, "ロックされています");
    EXPECT_EQ(status(line("+0 1us 00B00000 0 - le=256 -> 0 6C20")).en, "ask with length 32");
    EXPECT_EQ(status(line("+0 1us 00B00000 0 - le=256 -> 0 card_removed")).en,
              describe(Reason::card_removed).english);
    EXPECT_EQ(status(line("+0 1us 00B00000 0 - le=256 -> 0 1234")).en, "");
}

} // namespace
} // namespace kaomon::cardtrace
