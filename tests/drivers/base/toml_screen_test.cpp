#include "drivers/base/toml_screen.hpp"

#include <gtest/gtest.h>

namespace kaomon {
namespace {

TEST(Screen, LetsOrdinaryTextThrough) {
    for (const char* good :
         {"", "\n\n", "[card]\r\nreader = \"x\"\r\n", "# 受付 [ { \"\n", "a = -1_000.5 # x",
          "a = 1979-05-27 # a day\n", "a = \"\"\"\nc0 ff\nee\"\"\"\nb = 1\n",
          "a = true\n\"b\".c=[\"\\u00e9\",]", "a = \"受付 # [\" # [\n", "a = 'it\\'\n", "a = \"\\\"\"\n",
          " [ [x] ]\n", "[[x]]\n", "[\"é\"]\n", "a = [\n  [1, 2],\n  \"]\",\n]\n[b]\n"}) {
        const auto flaw = screen_toml(good);
        const bool odd_header =
            std::string_view(good) == " [ [x] ]\n"; // an array of tables may not be spaced so
        EXPECT_EQ(flaw.has_value(), odd_header) << good << (flaw ? flaw->text : "");
    }
}

// What toml++ 3.3 must not see.
TEST(Screen, StopsWhatIsNotToml) {
    for (const char* bad : {"a = 0[\"x",
                            "a = 07",
                            "a = 1979-05-27T",
                            "a = 1979-5-27",
                            "a = 1980-02-hm",
                            "a = \"\"\"never closed",
                            "a = \"\"\"a \\ line\"\"\"",
                            "a = \"\\x\"",
                            "a = \"\\u12\"",
                            "a = [1 2]",
                            "a b = 1",
                            "a",
                            "a =",
                            "a. = 1",
                            "a = 1 b",
                            "# \x01",
                            "a = \"\n\"",
                            "[.a]",
                            "[[[a",
                            "[]",
                            "[",
                            "é=1",
                            "\x1b=1",
                            "a = \"",
                            "a = 'x",
                            "a = \"\\",
                            "a = 07:32",
                            "a = [",
                            "a = ]",
                            "a = [[[[[[[[[[",
                            "\xef\xbb\xbf"
                            "a=1",
                            "a\u0085b = 1"}) {
        EXPECT_TRUE(screen_toml(bad)) << bad;
    }
}

TEST(Screen, NamesTheLine) {
    EXPECT_EQ(screen_toml("a = 1\n\n[.b]\n")->line, 3U);
    EXPECT_EQ(screen_toml("a = [\n1,\n")->line, 3U);
}

} // namespace
} // namespace kaomon
