#include "drivers/card/simulated/toml_guard.hpp"

#include <gtest/gtest.h>

namespace kaomon::card::simulated {
namespace {

TEST(TomlGuard, OrdinaryTextPasses) {
    for (const std::string_view toml :
         {"", "a = 1", "[a]\n[[b]]\n  [ c ]\n[\"d\"]\n", "a = [\n 1,\n]\n", "# [= 名前", "[]", "a = [",
          "name = \"見本　花子\"", "a = '名'\nb = \"\"\"\n[=\n名\\\"\"\"\"\" # ü\nc = '''\n[ü''' ",
          "a = \"\\\"ü\"", "\"名\" = 1"}) {
        EXPECT_TRUE(toml_is_safe(toml)) << toml;
    }
}

TEST(TomlGuard, WhatTomlPlusPlusCannotTakeDoesNot) {
    for (const std::string_view toml : {"[=",
                                        "[[ = \"male\"",
                                        "a = 1\n [\n",
                                        "[",
                                        "[[",
                                        "[.a]",
                                        "a = [}",
                                        "a = [1, # }\n}",
                                        "a = \"\"\"\\ \n ü\"\"\"",
                                        "a = \"\"\"\\ü\"\"\"",
                                        "a = 0\"\"",
                                        "[[[a]]]",
                                        "a = 0\"\xCD\x9E\"",
                                        "\xC2\xA0[ =",
                                        "n\xCE\xBE = 1",
                                        "a = \"x\" \xCE\xBE",
                                        "# ü\nü",
                                        "a = \"ü\n\xCE\xBE",
                                        "a = '\\'\xCE\xBE",
                                        "\"\"\"a\"\"\"\"\" \xCE\xBE"}) {
        EXPECT_FALSE(toml_is_safe(toml)) << toml;
    }
}

} // namespace
} // namespace kaomon::card::simulated
