#include "daemon/liveness/evidence.hpp"
#include "daemon/liveness/kind.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace kaomon::liveness {
namespace {

TEST(Kind, TheTableIsInTheOrderOfTheEnum) {
    ASSERT_EQ(kinds().size(), kind_count);
    for (std::size_t i = 0; i < kind_count; ++i)
        EXPECT_EQ(kinds()[i].kind, static_cast<Kind>(i)) << word(kinds()[i].kind);
}

// A result that ends with a veto says by its reason alone which kind it was.
TEST(Kind, EachHasAVetoOfItsOwn) {
    std::set<Reason> vetoes;
    for (const KindEntry& entry : kinds())
        vetoes.insert(entry.veto);
    EXPECT_EQ(vetoes.size(), kind_count);
}

TEST(Kind, WhatCannotBeDemandedSaysWhyAndNoPolicyDemandsIt) {
    EXPECT_EQ(undemandable("flash"), "");
    EXPECT_EQ(undemandable("blink"), "");
    EXPECT_EQ(undemandable("nose_length"), "");
    for (const Kind kind : always_required())
        EXPECT_EQ(describe(kind).undemandable, "") << word(kind);
}

} // namespace
} // namespace kaomon::liveness
