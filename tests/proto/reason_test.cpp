#include "proto/reason.hpp"

#include <gtest/gtest.h>

#include <set>

namespace kaomon {
namespace {

TEST(Reason, EveryWordIsOwnAndComesBack) {
    std::set<std::string_view> different;
    for (const auto& entry : reasons()) {
        EXPECT_TRUE(different.insert(entry.word).second) << entry.word;
        EXPECT_EQ(from_word<Reason>(entry.word), entry.reason);
        EXPECT_EQ(word(entry.reason), entry.word);
        EXPECT_EQ(&describe(entry.reason), &entry);
    }
    EXPECT_FALSE(from_word<Reason>("no_such_reason"));
}

TEST(Reason, SpeaksToPeopleInSentencesAndToEngineersInAClause) {
    for (const auto& entry : reasons()) {
        EXPECT_TRUE(entry.japanese.ends_with("。")) << entry.word;
        EXPECT_FALSE(entry.english.empty()) << entry.word;
        EXPECT_FALSE(entry.english.ends_with(".")) << entry.word;
    }
}

bool is_veto(const ReasonEntry& entry) {
    return entry.weight == Weight::veto_of_card || entry.weight == Weight::veto_of_liveness;
}

// What must hold of the columns, whatever reasons come.

TEST(Reason, NothingFollowsAVetoOrAYes) {
    for (const auto& entry : reasons()) {
        if (is_veto(entry) || entry.weight == Weight::confirms) {
            EXPECT_EQ(entry.leaves, Leaves::nothing) << entry.word;
        }
    }
}

TEST(Reason, AFaultOfOursSaysNothingOfThePerson) {
    for (const auto& entry : reasons()) {
        if (entry.cause == Cause::reader || entry.cause == Cause::caller || entry.cause == Cause::device) {
            EXPECT_EQ(entry.weight, Weight::nothing) << entry.word;
        }
        if (entry.weight == Weight::veto_of_card) {
            EXPECT_EQ(entry.cause, Cause::card) << entry.word;
        }
    }
}

TEST(Reason, WhatWasNotCheckedOrCannotBeSeenIsNoVeto) {
    for (const Reason reason :
         {Reason::signer_unknown, Reason::liveness_not_assessed, Reason::feed_black, Reason::feed_frozen,
          Reason::photo_without_face, Reason::card_expired, Reason::timeout})
        EXPECT_EQ(describe(reason).weight, Weight::nothing) << word(reason);
}

TEST(Reason, OfAForgeryIsAVeto) {
    for (const auto& entry : reasons()) {
        const bool names_a_forgery = entry.english.contains("does not verify") && entry.cause == Cause::card;
        if (names_a_forgery) {
            EXPECT_EQ(entry.weight, Weight::veto_of_card) << entry.word;
        }
    }
    EXPECT_EQ(describe(Reason::chip_not_genuine).weight, Weight::veto_of_card);
    for (const Reason reason : {Reason::feed_repeated, Reason::feed_spliced, Reason::flat_face,
                                Reason::photo_replayed, Reason::screen_detected})
        EXPECT_EQ(describe(reason).weight, Weight::veto_of_liveness) << word(reason);
}

TEST(Reason, OnlyASecretOrItsCardMayBeGivenAgain) {
    for (const auto& entry : reasons()) {
        if (entry.leaves == Leaves::another_number) {
            EXPECT_TRUE(entry.word.starts_with("access_number_")) << entry.word;
        }
    }
    EXPECT_EQ(describe(Reason::pin_wrong).leaves, Leaves::another_pin);
    EXPECT_EQ(describe(Reason::pin_locked).leaves, Leaves::other_methods);
    EXPECT_EQ(describe(Reason::card_locked).leaves, Leaves::other_methods);
    EXPECT_EQ(describe(Reason::card_removed).leaves, Leaves::card_again);
    EXPECT_EQ(describe(Reason::card_changed).leaves, Leaves::visual_check) << "another card is no proof";
}

TEST(Reason, NoToolEndsWellForOne) {
    for (const auto& entry : reasons())
        EXPECT_EQ(entry.exit_code == exit_ok, entry.weight == Weight::confirms) << entry.word;
    EXPECT_EQ(describe(Reason::no_camera).exit_code, exit_no_device);
    EXPECT_EQ(describe(Reason::config_invalid).exit_code, exit_usage);
    EXPECT_EQ(describe(Reason::not_my_number_card).exit_code, exit_findings);
    EXPECT_EQ(describe(Reason::busy).exit_code, exit_refused);
}

} // namespace
} // namespace kaomon
