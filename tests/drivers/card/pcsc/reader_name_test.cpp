#include "drivers/card/pcsc/reader_name.hpp"

#include <gtest/gtest.h>

namespace kaomon::card::pcsc {
namespace {

TEST(NameFits, PartsInTheirOrder) {
    const char* name = "Identiv uTrust 4701 F [uTrust 4701 F Contactless Reader] (53691) 01 00";
    for (const char* pattern : {"", "*", "uTrust", "Identiv*Contactless*01 00", "*53691*", "[uTrust"})
        EXPECT_TRUE(name_fits(name, pattern)) << pattern;
    for (const char* pattern : {"utrust", "Contactless*Identiv", "01 00*01 00", "uTrust?4701"})
        EXPECT_FALSE(name_fits(name, pattern)) << pattern;
}

} // namespace
} // namespace kaomon::card::pcsc
