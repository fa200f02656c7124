#include "proto/reason.hpp"

#include <gtest/gtest.h>

#include <set>

namespace kaomon {
namespace {

TEST(Reason, EveryWordIsOwnAndComesBack) {
    std::set<std::string_view> words;
    for (const auto& entry : reasons()) {
        EXPECT_TRUE(words.insert(entry.word).second) << entry.word;
        EXPECT_EQ(reason_from_word(entry.word), entry.reason);
        EXPECT_EQ(word(entry.reason), entry.word);
        EXPECT_EQ(&describe(entry.reason), &entry);
    }
    EXPECT_FALSE(reason_from_word("no_such_reason"));
}

TEST(Reason, SpeaksToPeopleInSentencesAndToEngineersInAClause) {
    for (const auto& entry : reasons()) {
        EXPECT_TRUE(entry.japanese.ends_with("。")) << entry.word;
        EXPECT_FALSE(entry.english.empty()) << entry.word;
        EXPECT_FALSE(entry.english.ends_with(".")) << entry.word;
    }
}

TEST(Reason, HasAWordForWhoCanMendIt) {
    EXPECT_EQ(word(WhoCanAct::patient), "patient");
    EXPECT_EQ(word(WhoCanAct::nobody), "nobody");
    EXPECT_EQ(describe(Reason::no_card).who_can_act, WhoCanAct::patient);
}

} // namespace
} // namespace kaomon
