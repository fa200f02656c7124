#include "daemon/socket/limits.hpp"
#include "daemon/socket/message.hpp"
#include "daemon/socket/wiping_memory.hpp"

#include <boost/json/value.hpp>
#include <gmock/gmock.h>

namespace kaomon::socket {
namespace {

Reason reason_of(std::string_view text) {
    const auto call = parse_call(text);
    return call ? Reason::match : call.error().reason;
}

TEST(Message, ReadsACall) {
    const auto call = parse_call(R"({"method":"a.b.C","parameters":{"x":{"number":"1"}},"more":true})");
    ASSERT_TRUE(call);
    EXPECT_EQ(call->method, "a.b.C");
    EXPECT_TRUE(call->more);
    EXPECT_FALSE(call->oneway);
    EXPECT_EQ(call->parameters.at("x").at("number").as_string(), "1");
    EXPECT_TRUE(parse_call(R"({"method":"a.b.C","upgrade":false,"oneway":true})")->oneway);
}

TEST(Message, ParametersLieInWipingMemory) {
    const auto call = parse_call(R"({"method":"a.b.C","parameters":{"x":{"number":"12345678901234"}}})");
    ASSERT_TRUE(call);
    EXPECT_EQ(*call->parameters.at("x").at("number").as_string().storage(), *wiping_memory());
}

TEST(Message, RefusesEveryOtherShape) {
    for (const char* text :
         {"", "[]", "1", "{", "{}", R"({"method":1})", R"({"method":""})",
          R"({"method":"a.B","parameters":[]})", R"({"method":"a.B","more":1})", R"({"method":null})",
          R"({"method":"a.B","parameters":""})", R"({"method":"a.B","oneway":"yes"})",
          R"({"method":"a.B","upgrade":0})", R"({"method":"a.B","upgrade":true})",
          R"({"method":"a.B","more":true,"oneway":true})", R"({"method":"a.B"} {})", R"({"method":"a.B",})",
          "{\"method\":\"\xff\xfe\"}", R"({method:"a.B"})"})
        EXPECT_EQ(reason_of(text), Reason::message_malformed) << text;
}

TEST(Message, NullIsAbsentAndUnknownMembersArePassedOver) {
    for (const char* text :
         {R"({"method":"a.B"})", R"({"method":"a.B","parameters":null})", R"({"method":"a.B","more":null})",
          R"({"method":"a.B","oneway":null,"upgrade":null})", R"({"method":"a.B","also":1})",
          R"({"id":[{}],"method":"a.B","parameters":{},"fds":null,"continues":true})"}) {
        const auto call = parse_call(text);
        ASSERT_TRUE(call) << text;
        EXPECT_EQ(call->method, "a.B") << text;
        EXPECT_TRUE(call->parameters.empty()) << text;
        EXPECT_FALSE(call->more || call->oneway) << text;
    }
}

TEST(Message, DepthHasALimit) {
    const auto nested = [](std::size_t depth) { // objects and arrays in all
        return R"({"method":"a.B","parameters":{"x":)" + std::string(depth - 2, '[') +
               std::string(depth - 2, ']') + "}}";
    };
    EXPECT_EQ(reason_of(nested(max_depth)), Reason::match);
    EXPECT_EQ(reason_of(nested(max_depth + 1)), Reason::message_too_large);
    EXPECT_EQ(reason_of(std::string(60'000, '[')), Reason::message_too_large);
}

TEST(Message, WritesRepliesWithTheirNul) {
    using std::string_literals::operator""s;
    EXPECT_EQ(encode_reply({{"a", 1}}, false), "{\"parameters\":{\"a\":1}}\0"s);
    EXPECT_EQ(encode_reply({}, true), "{\"parameters\":{},\"continues\":true}\0"s);
    EXPECT_EQ(encode_error("a.B", {}), "{\"error\":\"a.B\",\"parameters\":{}}\0"s);
}

} // namespace
} // namespace kaomon::socket
