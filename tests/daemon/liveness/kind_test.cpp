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
        EXPECT_EQ(kinds()[i].kind, static_cast<Kind>(i)) << kinds()[i].word;
}

TEST(Kind, WordsAreDistinctAndLeadBack) {
    std::set<std::string_view> words;
    for (const KindEntry& entry : kinds()) {
        EXPECT_EQ(word(entry.kind), entry.word);
        EXPECT_EQ(kind_from_word(entry.word), entry.kind);
        words.insert(entry.word);
    }
    EXPECT_EQ(words.size(), kind_count);
    EXPECT_FALSE(kind_from_word("nose_length"));
    EXPECT_FALSE(kind_from_word(""));
}

// A result that ends with a veto says by its reason alone which kind it was.
TEST(Kind, EachHasAVetoOfItsOwn) {
    std::set<Reason> vetoes;
    for (const KindEntry& entry : kinds())
        vetoes.insert(entry.veto);
    EXPECT_EQ(vetoes.size(), kind_count);
}

TEST(Kind, WhatCannotBeDemandedSaysWhyAndNoPolicyDemandsIt) {
    EXPECT_NE(undemandable("flash"), "");
    EXPECT_EQ(undemandable("blink"), "");
    EXPECT_EQ(undemandable("nose_length"), "");
    for (const auto& word : demandable_words())
        EXPECT_EQ(undemandable(word), "") << word;
    EXPECT_EQ(demandable_words().size(), kind_count - 1);
    for (const char* policy : {"normal", "strict", "very-strict"}) {
        for (const Kind kind : required_by(policy))
            EXPECT_EQ(describe(kind).undemandable, "") << policy << ' ' << word(kind);
    }
}

} // namespace
} // namespace kaomon::liveness
