#include "daemon/gateway/answer.hpp"
#include "daemon/gateway/refusal.hpp"

#include <gmock/gmock.h>

namespace kaomon::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Refusal, SaysItInTwoLanguages) {
    for (const Refusal why : values<Refusal>()) {
        EXPECT_TRUE((code_of(why) >= 400 && code_of(why) < 600) ||
                    (code_of(why) >= 1001 && code_of(why) <= 1013))
            << word(why);
        EXPECT_LE(word(why).size(), 123U) << "a close frame holds no more";
        EXPECT_THAT(as_json(why),
                    HasSubstr(std::string(R"({"error":")") + std::string(word(why)) + R"(","en":")"));
        EXPECT_FALSE(english(why).ends_with('.'));
        EXPECT_THAT(as_json(why), HasSubstr("。\"}"));
        if (code_of(why) < 600) {
            EXPECT_THAT(as_text(refusal(why), false, false), HasSubstr(std::to_string(code_of(why)) + ' '));
        }
    }
}

TEST(Refusal, GoesOutWithWhatHttpAsksFor) {
    EXPECT_THAT(as_text(refusal(Refusal::method_not_allowed), false, false),
                HasSubstr("\r\nAllow: GET, HEAD\r\n"));
    EXPECT_THAT(as_text(refusal(Refusal::too_many), false, false), HasSubstr("\r\nRetry-After: 1\r\n"));
    const auto head = as_text(refusal(Refusal::not_found), true, true);
    EXPECT_TRUE(head.starts_with("HTTP/1.1 404 Not Found\r\n"));
    EXPECT_TRUE(head.ends_with("\r\n\r\n"));
    EXPECT_THAT(head, HasSubstr("Connection: keep-alive"));
    EXPECT_THAT(head, Not(HasSubstr("Content-Length: 0")));
}

} // namespace
} // namespace kaomon::gateway
