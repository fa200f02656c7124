#include "tests/daemon/socket/raw_client.hpp"
#include "tests/daemon/socket/served_desk.hpp"
#include "tests/daemon/socket/verify_call.hpp"

#include <gmock/gmock.h>

namespace kaomon::socket {
namespace {

using ::testing::ElementsAre;
using testing::invalid;
using testing::RawClient;
using testing::ScriptedDesk;
using testing::ServedDesk;
using testing::verify;
using testing::with_number;

TEST(VerificationParameters, NonceWaysAndDeadlineHaveRanges) {
    ServedDesk served;
    RawClient client(served.path());
    const auto with_nonce = [](const std::string& nonce) {
        return R"({"method":"org.kaomon.Verification.Verify","more":true,"parameters":{"nonce":")" + nonce +
               R"("}})";
    };
    for (const std::string& nonce :
         {std::string(), std::string(15, 'a'), std::string(129, 'a'), std::string("0123456789 abcdef"),
          std::string("0123456789abcde\\n"), std::string("0123456789abcdéf")})
        EXPECT_EQ(client.call(with_nonce(nonce)), invalid("nonce")) << nonce;
    EXPECT_EQ(client.call(verify(R"(,"methods":[])")), invalid("methods"));
    EXPECT_EQ(client.call(verify(R"(,"methods":["1","2","3","4","5","6","7","8","9"])")), invalid("methods"));
    EXPECT_EQ(client.call(verify(R"(,"deadline_ms":0)")), invalid("deadline_ms"));
    EXPECT_EQ(client.call(verify(R"(,"deadline_ms":9223372036854775807)")), invalid("deadline_ms"));
    EXPECT_EQ(client.call(verify(R"(,"access_number":{"pin":"1234"})")), invalid("access_number.pin"));
    EXPECT_EQ(client.call(verify(R"(,"access_number":{"number":12345678901234})")),
              invalid("access_number.number"));
    served.run([](ScriptedDesk& desk) { EXPECT_EQ(desk.begun, 0); });
}

TEST(VerificationParameters, VerifyTakesWhatIsWantedAndWhatFor) {
    ServedDesk served;
    RawClient client(served.path());
    client.call(verify(
        with_number + R"(,"attributes":["address","name"],"purpose":{"word":"check-in","sentence":"受付"})"));
    served.run([](ScriptedDesk& desk) {
        EXPECT_THAT(desk.request.attributes, ElementsAre(Attribute::address, Attribute::name));
        ASSERT_TRUE(desk.request.purpose);
        EXPECT_EQ(desk.request.purpose->word, "check-in");
        EXPECT_EQ(desk.request.purpose->sentence, "受付");
        EXPECT_EQ(desk.request.audience, "") << "this user has none";
    });
}

TEST(VerificationParameters, WhatIsWantedAndWhatForHaveRanges) {
    ServedDesk served;
    RawClient client(served.path());
    EXPECT_EQ(client.call(verify(R"(,"attributes":["name","my_number"])")), invalid("attributes"));
    EXPECT_EQ(client.call(verify(R"(,"attributes":["name","name"])")), invalid("attributes"));
    for (const std::string& word :
         {std::string(), std::string("two words"), std::string(33, 'a'), std::string("受付")})
        EXPECT_EQ(client.call(verify(R"(,"purpose":{"word":")" + word + "\"}")), invalid("purpose.word"))
            << word;
    for (const std::string& sentence : {std::string(241, 'a'), std::string("a\\nb"), std::string("\\u009f")})
        EXPECT_EQ(client.call(verify(R"(,"purpose":{"word":"a","sentence":")" + sentence + "\"}")),
                  invalid("purpose.sentence"))
            << sentence;
    served.run([](ScriptedDesk& desk) { EXPECT_EQ(desk.begun, 0); });
}

} // namespace
} // namespace kaomon::socket
