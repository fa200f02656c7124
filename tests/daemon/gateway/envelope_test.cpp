#include "daemon/gateway/envelope.hpp"
#include "daemon/gateway/limits.hpp"

#include <gtest/gtest.h>

namespace kaomon::gateway {
namespace {

TEST(Envelope, ReadsTheMethodAndTheFlags) {
    const auto call = read_call(
        R"( {"parameters":{"method":"inner","oneway":true,"a":[{"method":1}]},"method":"org.kaomon.Screen.Enter","more":true} )");
    ASSERT_TRUE(call) << call.error().detail;
    EXPECT_EQ(call->method, "org.kaomon.Screen.Enter");
    EXPECT_FALSE(call->oneway);
    EXPECT_TRUE(read_call(R"({"oneway":true,"method":"a.B"})")->oneway);
    EXPECT_TRUE(read_call(R"({"upgrade":true,"method":"a.B"})")->upgrade);
    EXPECT_FALSE(read_call(R"({"upgrade":null,"method":"a.B"})")->upgrade);
    EXPECT_EQ(read_call(R"({"meth\u006fd":"a\u002eB"})")->method, "a.B") << "as kaomond reads it";
}

TEST(Envelope, RefusesWhatTwoReadersCouldReadDifferently) {
    for (const char* text : {R"({"method":"a.B","method":"a.C"})",
                             R"({"method":"a.B","meth\u006fd":"a.C"})",
                             R"({"method":"a.B","parameters":{"x":1,"x":2}})",
                             R"({"method":"a.B","parameters":{"l":[{"x":1,"x":2}]}})",
                             R"({"method":"a.B"}{"method":"a.C"})",
                             R"({"method":"a.B"} x)",
                             R"({"method":"a.B",})",
                             R"({"method":"a.B"/*c*/})",
                             R"({'method':'a.B'})",
                             R"({"method":["a.B"]})",
                             R"({"method":{"m":"a.B"}})",
                             R"({"method":null})",
                             R"({"method":""})",
                             R"({"parameters":{"method":"a.B"}})",
                             R"(["method","a.B"])",
                             R"("method")",
                             "1",
                             "null",
                             "",
                             "{",
                             R"({"method":"a.B")",
                             R"({"method":"a.B","oneway":1})",
                             R"({"method":"a.B","oneway":[true]})",
                             R"({"method":"a.B","upgrade":"true"})",
                             "{\"method\":\"a.\xff\"}",
                             "\xef\xbb\xbf{\"method\":\"a.B\"}",
                             R"({"method":"a.B","x":NaN})",
                             R"({"method":"a.B","x":01})",
                             R"({"method":"\ud800"})"})
        EXPECT_FALSE(read_call(text)) << text;
    EXPECT_FALSE(read_call(std::string_view("{\"method\":\"a.B\"}\0", 17)));
    EXPECT_FALSE(read_call(std::string_view("{\"method\":\"a.B\0\"}", 17)));
}

TEST(Envelope, IsBounded) {
    const auto nested = [](std::size_t depth) {
        return R"({"method":"a.B","x":)" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + '}';
    };
    EXPECT_TRUE(read_call(nested(max_depth)));
    EXPECT_EQ(read_call(nested(max_depth + 1)).error().reason, Reason::message_too_large);
    EXPECT_FALSE(read_call(R"({"method":"a.B","x":)" + std::string(60'000, '[')));
    const std::string head = R"({"method":"a.B","x":")";
    EXPECT_TRUE(read_call(head + std::string(max_message - head.size() - 2, 'x') + "\"}"));
    EXPECT_EQ(read_call(head + std::string(max_message - head.size() - 1, 'x') + "\"}").error().reason,
              Reason::message_too_large);
    EXPECT_FALSE(read_call(R"({"method":")" + std::string(300, 'a') + "\"}"));
}

TEST(Envelope, ReadsWhetherAReplyContinues) {
    EXPECT_TRUE(*read_continues(R"({"parameters":{"continues":false},"continues":true})"));
    EXPECT_FALSE(*read_continues(R"({"parameters":{"continues":true}})"));
    EXPECT_FALSE(*read_continues(R"({"error":"a.B","parameters":{}})"));
    EXPECT_TRUE(read_continues(R"({"parameters":{"jpeg":")" + std::string(80'000, 'A') + "\"}}"));
    EXPECT_FALSE(read_continues("x"));
    EXPECT_FALSE(read_continues(R"({"continues":1})"));
}

TEST(Envelope, ARefusalIsAReply) {
    EXPECT_FALSE(*read_continues(permission_denied()));
}

} // namespace
} // namespace kaomon::gateway
