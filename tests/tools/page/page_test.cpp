#include "tools/page/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kaomon::page {
namespace {

using namespace std::chrono;
using ::testing::HasSubstr;
using ::testing::Not;

const Date day = 2027y / April / 1;

TEST(Page, EscapesEveryText) {
    const Text hostile{"<script>alert(1)</script>&\"", "x"};
    Page page(Language::japanese, hostile, day);
    page.lead(hostile).heading(hostile).paragraph(hostile).simulated(hostile);
    page.table(hostile, {hostile}, std::vector<Row>{{escape(hostile.ja)}});
    const std::vector<Text> items{hostile};
    page.list(items);
    const std::string html = page.str();
    EXPECT_THAT(html, Not(HasSubstr("<script>")));
    EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;"));
}

TEST(Page, ALinkLeadsNowhereDangerous) {
    EXPECT_EQ(link("javascript:alert(1)", "x"), "x");
    EXPECT_EQ(link("data:text/html,x", "x"), "x");
    EXPECT_EQ(link("a\" onclick=\"x", "x"), "x");
    EXPECT_EQ(link("order.html", "発注書"), "<a href=\"order.html\">発注書</a>");
    EXPECT_EQ(link("https://example.invalid/?a=1&b=2", "x"),
              "<a href=\"https://example.invalid/?a=1&amp;b=2\">x</a>");
}

TEST(Page, SaysThatItIsSimulatedOnEverySheet) {
    Page page(Language::english, {"題", "title"}, day);
    EXPECT_THAT(page.str(), Not(HasSubstr("SIMULATED")));
    page.simulated({"リーダー", "reader"});
    EXPECT_THAT(page.str(), HasSubstr("SIMULATED: reader"));
    EXPECT_THAT(page.str(), HasSubstr("@page { @top-center { content: \"SIMULATED: reader"));
}

TEST(Page, AMarkIsAWordToo) {
    EXPECT_THAT(mark(Mark::bad, "届きません"), HasSubstr("届きません"));
}

} // namespace
} // namespace kaomon::page
