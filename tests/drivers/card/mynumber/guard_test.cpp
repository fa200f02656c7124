#include "drivers/card/mynumber/guard.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"
#include "tests/drivers/card/scripted_card.hpp"

#include <sys/resource.h>

#include <csignal>
#include <filesystem>

namespace kaomon::card::mynumber {
namespace {

using test::ScriptedCard;

const std::string select_application = "00A4040C 0A D3921000310001010402";
const std::string select_key = "00A4020C 02 0012";
const std::string ask = "00200080";
const std::string verify = "00200080 0E 3535303231373230333532323835";

AccessNumber some_number() {
    FreeData data;
    data.card_expiry = {std::chrono::year(2035), std::chrono::February, std::chrono::day(17)};
    return assemble(test::number(test::access_number), data, test::today).value();
}

std::string outcome(Guard& guard, CardTransaction& card, std::uint64_t key) {
    const auto verified = guard.verify(card, some_number(), IdempotencyKey{key});
    return verified ? "verified" : std::string(word(verified.error().reason));
}

TEST(Guard, ReadsTheTriesDirectlyBeforeTheVerify) {
    ScriptedCard card{{select_application, "9000"}, {select_key, "9000"}, {ask, "63CA"}, {verify, "9000"}};
    Guard guard(6);
    const auto verified = guard.verify(card, some_number(), IdempotencyKey{1});
    ASSERT_TRUE(verified);
    EXPECT_EQ(verified->tries_left, 10);
    EXPECT_EQ(guard.tries_left(), 10);
}

struct Answer {
    const char* to_ask;
    const char* to_verify; // empty: there must be none
    const char* reason;
    std::optional<std::uint8_t> left;
};
void PrintTo(const Answer& answer, std::ostream* out) {
    *out << answer.to_ask << ' ' << answer.to_verify;
}

class GuardAnswers : public ::testing::TestWithParam<Answer> {};

TEST_P(GuardAnswers, EveryStatusWordHasItsReason) {
    const Answer& answer = GetParam();
    Guard guard(6);
    const std::vector<ScriptedCard::Step> without{
        {select_application, "9000"}, {select_key, "9000"}, {ask, answer.to_ask}};
    if (std::string_view(answer.to_verify).empty()) {
        ScriptedCard card{without[0], without[1], without[2]};
        EXPECT_EQ(outcome(guard, card, 1), answer.reason);
    } else {
        ScriptedCard card{without[0], without[1], without[2], {verify, answer.to_verify}};
        EXPECT_EQ(outcome(guard, card, 1), answer.reason);
    }
    EXPECT_EQ(guard.tries_left(), answer.left);
}

INSTANTIATE_TEST_SUITE_P(
    StatusWords, GuardAnswers,
    ::testing::Values(
        // what the empty VERIFY tells; with these none goes out
        Answer{"63C5", "", "tries_below_minimum", 5}, Answer{"63C1", "", "tries_below_minimum", 1},
        Answer{"63C0", "", "card_locked", 0}, Answer{"6983", "", "card_locked", 0},
        Answer{"6984", "", "card_locked", 0}, Answer{"9000", "", "card_error", {}},
        Answer{"6300", "", "card_error", {}}, Answer{"6A86", "", "card_error", {}},
        Answer{"6700", "", "card_error", {}}, Answer{"6982", "", "card_error", {}},
        Answer{"6985", "", "card_error", {}}, Answer{"6D00", "", "card_error", {}},
        Answer{"6E00", "", "card_error", {}}, Answer{"6CFF", "", "card_error", {}},
        Answer{"6110", "", "card_error", {}}, Answer{"90", "", "card_error", {}},
        // what the VERIFY itself is answered with
        Answer{"63CA", "9000", "verified", 10}, Answer{"63C6", "9000", "verified", 6},
        Answer{"63CA", "63C9", "access_number_wrong", 9}, Answer{"63C6", "63C0", "access_number_wrong", 0},
        Answer{"63CA", "6300", "access_number_wrong", {}}, Answer{"63CA", "6983", "card_locked", 0},
        Answer{"63CA", "6984", "card_locked", 0}, Answer{"63CA", "6700", "card_error", {}},
        Answer{"63CA", "6A86", "card_error", {}}, Answer{"63CA", "6985", "card_error", {}},
        Answer{"63CA", "6581", "card_error", {}}, Answer{"63CA", "6C0E", "card_error", {}},
        Answer{"63CA", "6102", "card_error", {}}, Answer{"63CA", "00", "card_error", {}}));

TEST(Guard, AnActIsSpentByItsVerifyAndByNothingElse) {
    Guard guard(6);
    { // below the floor: not spent
        ScriptedCard card{{select_application, "9000"}, {select_key, "9000"}, {ask, "63C5"}};
        EXPECT_EQ(outcome(guard, card, 7), "tries_below_minimum");
    }
    { // lost before the VERIFY: not spent
        ScriptedCard card{{select_application, "9000"}, {select_key, "9000"}, {ask, Reason::card_removed}};
        EXPECT_EQ(outcome(guard, card, 7), "card_removed");
    }
    { // lost in the VERIFY: spent
        ScriptedCard card{{select_application, "9000"},
                          {select_key, "9000"},
                          {ask, "63CA"},
                          {verify, Reason::card_removed}};
        EXPECT_EQ(outcome(guard, card, 7), "card_removed");
        EXPECT_FALSE(guard.tries_left()); // nobody knows
    }
    { // and nothing is sent any more
        ScriptedCard card{};
        EXPECT_EQ(outcome(guard, card, 7), "idempotency_key_used");
    }
}

TEST(Guard, EveryFaultOfTheTransportIsPassedOn) {
    for (const Reason reason :
         {Reason::card_removed, Reason::card_error, Reason::reader_service_down, Reason::no_reader}) {
        Guard guard(6);
        ScriptedCard first{{select_application, reason}};
        EXPECT_EQ(outcome(guard, first, 1), word(reason));
        ScriptedCard second{{select_application, "9000"}, {select_key, reason}};
        EXPECT_EQ(outcome(guard, second, 1), word(reason));
    }
}

TEST(Guard, ACardThatLostItsApplicationOrKeyGetsNoVerify) {
    Guard guard(6);
    ScriptedCard no_application{{select_application, "6A82"}};
    EXPECT_EQ(outcome(guard, no_application, 1), "card_error");
    ScriptedCard no_key{{select_application, "9000"}, {select_key, "6A82"}};
    EXPECT_EQ(outcome(guard, no_key, 1), "card_error");
}

TEST(Guard, AFloorOfZeroStillNeedsATry) {
    Guard guard(0);
    ScriptedCard card{{select_application, "9000"}, {select_key, "9000"}, {ask, "63C0"}};
    EXPECT_EQ(outcome(guard, card, 1), "card_locked");
    ScriptedCard last{{select_application, "9000"}, {select_key, "9000"}, {ask, "63C1"}, {verify, "63C0"}};
    EXPECT_EQ(outcome(guard, last, 2), "access_number_wrong");
}

// ---- the PIN of the sign-in key: the same rules, words of its own ----

const std::string select_jpki = "00A4040C 0A D392F000260100000001";
const std::string select_pin = "00A4020C 02 0018";
const std::string verify_pin = "00200080 04 31323334";

std::string pin_outcome(Guard& guard, CardTransaction& card, std::uint64_t key) {
    const auto verified = guard.verify(card, Pin::read(SecretText("1234")).value(), IdempotencyKey{key});
    return verified ? "verified" : std::string(word(verified.error().reason));
}

TEST(Guard, ThePinsStatusWordsHaveTheirReasons) {
    for (const Answer& answer :
         {Answer{"63C1", "", "pin_tries_below_minimum", 1}, Answer{"63C0", "", "pin_locked", 0},
          Answer{"6984", "", "pin_locked", 0}, Answer{"6983", "", "pin_locked", 0},
          Answer{"9000", "", "card_error", {}}, Answer{"6300", "", "card_error", {}},
          Answer{"63C3", "9000", "verified", 3}, Answer{"63C2", "9000", "verified", 2},
          Answer{"63C3", "63C2", "pin_wrong", 2}, Answer{"63C3", "6984", "pin_locked", 0},
          Answer{"63C3", "6300", "pin_wrong", {}}, Answer{"63C3", "6700", "card_error", {}},
          Answer{"63C3", "6C04", "card_error", {}}}) {
        Guard guard(MinTries{});
        if (std::string_view(answer.to_verify).empty()) {
            ScriptedCard card{{select_jpki, "9000"}, {select_pin, "9000"}, {ask, answer.to_ask}};
            EXPECT_EQ(pin_outcome(guard, card, 1), answer.reason) << answer.to_ask;
        } else {
            ScriptedCard card{{select_jpki, "9000"},
                              {select_pin, "9000"},
                              {ask, answer.to_ask},
                              {verify_pin, answer.to_verify}};
            EXPECT_EQ(pin_outcome(guard, card, 1), answer.reason) << answer.to_verify;
        }
        EXPECT_EQ(guard.tries_left(), answer.left) << answer.to_ask;
    }
}

TEST(Guard, OneActIsOneVerifyOfWhateverSecret) {
    Guard guard(MinTries{});
    ScriptedCard card{{select_jpki, "9000"}, {select_pin, "9000"}, {ask, "63C3"}, {verify_pin, "63C2"}};
    EXPECT_EQ(pin_outcome(guard, card, 1), "pin_wrong");
    ScriptedCard nothing{};
    EXPECT_EQ(pin_outcome(guard, nothing, 1), "idempotency_key_used");
    EXPECT_EQ(outcome(guard, nothing, 1), "idempotency_key_used");
}

TEST(Guard, ACardWithoutTheApplicationOrThePinHasNoPin) {
    Guard guard(MinTries{});
    ScriptedCard no_application{{select_jpki, "6A82"}};
    EXPECT_EQ(pin_outcome(guard, no_application, 1), "sign_in_certificate_missing");
    ScriptedCard neither{{select_jpki, "6F00"}}; // does not say that it is not there
    EXPECT_EQ(pin_outcome(guard, neither, 1), "card_error");
    ScriptedCard no_pin{{select_jpki, "9000"}, {select_pin, "6A82"}};
    EXPECT_EQ(pin_outcome(guard, no_pin, 1), "card_without_pin");
    ScriptedCard no_data{{select_jpki, "9000"}, {select_pin, "9000"}, {ask, "6A88"}};
    EXPECT_EQ(pin_outcome(guard, no_data, 1), "card_without_pin");
}

TEST(Guard, WhatCannotBePutOnRecordIsNotTried) {
    char name[] = "/tmp/kaomon-guard-XXXXXX";
    const std::filesystem::path folder = mkdtemp(name);
    auto ledger = IdempotencyLedger::open(folder / "acts");
    ASSERT_TRUE(ledger);
    Guard guard(MinTries{}, std::move(*ledger));
    { // no file may grow: what a full disk does
        rlimit before{}, none{0, RLIM_INFINITY};
        getrlimit(RLIMIT_FSIZE, &before);
        none.rlim_max = before.rlim_max;
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &none);
        ScriptedCard card{{select_application, "9000"}, {select_key, "9000"}, {ask, "63CA"}};
        EXPECT_EQ(outcome(guard, card, 1), "idempotency_ledger_unwritable");
        setrlimit(RLIMIT_FSIZE, &before);
    }
    ScriptedCard card{{select_application, "9000"}, {select_key, "9000"}, {ask, "63CA"}, {verify, "63C9"}};
    EXPECT_EQ(outcome(guard, card, 1), "access_number_wrong") << "the act was not spent by that";
    std::filesystem::remove_all(folder);
}

TEST(Guard, NoDetailHoldsTheNumber) {
    for (const char* answer : {"63C9", "6984", "6700", "6300"}) {
        Guard guard(6);
        ScriptedCard card{
            {select_application, "9000"}, {select_key, "9000"}, {ask, "63CA"}, {verify, answer}};
        const auto verified = guard.verify(card, some_number(), IdempotencyKey{1});
        ASSERT_FALSE(verified);
        EXPECT_EQ(verified.error().detail.find("2285"), std::string::npos);
        EXPECT_EQ(verified.error().detail.find("3232"), std::string::npos); // nor in hexadecimal
    }
}

} // namespace
} // namespace kaomon::card::mynumber
