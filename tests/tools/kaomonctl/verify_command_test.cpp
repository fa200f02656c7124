#include "tests/tools/kaomonctl/ctl.hpp"

#include <gmock/gmock.h>

#include <fstream>

namespace kaomon {
namespace {

using ::testing::AllOf;
using testing::ctl;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;
using testing::ScriptedDesk;

struct VerifyCommand : ::testing::Test {
    testing::SigningDesk desk;
    std::vector<std::string> with_number{"verify", "--allow-simulated", "--number-from", "-"};

    void ends_with(match::Decision decision, Reason reason) {
        desk.run([=](ScriptedDesk& at) {
            at.script = [=](ScriptedDesk& visit, const auto&) { visit.conclude(decision, reason); };
        });
    }
};

TEST_F(VerifyCommand, TellsTheStoryAndChecksTheResult) {
    const auto ended = ctl(desk, with_number, " 12345678901234\r\n");
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_THAT(ended.out, AllOf(HasSubstr(" s  waiting for a card: no card on the reader (no_card)\n"),
                                 HasSubstr("reading the photograph  tries left for the number: 10\n"),
                                 HasSubstr("VERIFIED: the live face matches"),
                                 HasSubstr("signature   valid, issued by kaomon:test"),
                                 HasSubstr("SIMULATED   card, camera")));
    EXPECT_THAT(ended.out + ended.err, Not(HasSubstr("12345678901234")));
    desk.run([](ScriptedDesk& at) {
        EXPECT_EQ(at.request.access_number->number->view(), "12345678901234");
        EXPECT_GE(at.request.nonce.size(), 32u);
    });
}

TEST_F(VerifyCommand, ASimulatedPartProvesNothing) {
    EXPECT_EQ(ctl(desk, {"verify", "--number-from", "-"}, "12345678901234\n").code, 5);
}

TEST_F(VerifyCommand, InJapanese) {
    with_number.insert(with_number.begin(), {"--lang", "ja"});
    const auto ended = ctl(desk, with_number, "12345678901234\n");
    EXPECT_THAT(ended.out, AllOf(HasSubstr("カード待ち: マイナンバーカードを置いてください。\n"),
                                 HasSubstr("本人と確認しました: ご本人と確認できました。\n"),
                                 HasSubstr("写真の署名 正しい、チップ 正しい")));
    for (const char* english : {"valid", "not_assessed", "not_checked", "no_card", "match", "camera", "pass"})
        EXPECT_THAT(ended.out, Not(HasSubstr(english)));
}

TEST_F(VerifyCommand, LastLineOfJsonIsTheVerdict) {
    with_number.emplace_back("--json");
    const auto ended = ctl(desk, with_number, "12345678901234\n");
    EXPECT_EQ(ended.code, 0);
    const auto last_line = ended.out.rfind('\n', ended.out.size() - 2);
    ASSERT_NE(last_line, std::string::npos);
    EXPECT_THAT(ended.out.substr(last_line + 1),
                AllOf(HasSubstr(R"({"decision":"verified","reason":"match","message":{"word":"match")"),
                      HasSubstr(R"("signature":"valid","claims":{"iss":"kaomon:test")"),
                      HasSubstr(R"("result":"eyJ)")));
    EXPECT_THAT(ended.out, MatchesRegex(R"(\{"elapsed_ms":(.|
)*)"));
}

TEST_F(VerifyCommand, EachDecisionHasItsCode) {
    ends_with(match::Decision::not_verified, Reason::no_match);
    EXPECT_EQ(ctl(desk, {"verify", "--allow-simulated"}).code, 1);
    ends_with(match::Decision::undecided, Reason::timeout);
    EXPECT_EQ(ctl(desk, {"verify", "--allow-simulated"}).code, 2);
}

TEST_F(VerifyCommand, WhatIsUnsignedIsNeverAYes) {
    desk.run([](ScriptedDesk& at) { at.sign = [](const auto&, const auto&, auto) { return std::nullopt; }; });
    const auto ended = ctl(desk, with_number, "12345678901234\n");
    EXPECT_EQ(ended.code, 2);
    EXPECT_THAT(ended.out, Not(HasSubstr("VERIFIED")));
}

TEST_F(VerifyCommand, AResultThatDoesNotFitIsFive) {
    const std::vector<std::function<void(result::Claims&)>> changes{
        [](result::Claims& said) { said.nonce = "another nonce 00"; },
        [](result::Claims& said) { said.jti = "another"; },
        [](result::Claims& said) { said.decision = match::Decision::not_verified; },
        [](result::Claims& said) { said.exp = said.iat -= 1000; }};
    for (const auto& change : changes) {
        desk.run([&](ScriptedDesk&) { desk.change = change; });
        const auto ended = ctl(desk, with_number, "12345678901234\n");
        EXPECT_EQ(ended.code, 5);
        EXPECT_THAT(ended.out, HasSubstr("NOT TO BE TRUSTED"));
    }
}

TEST_F(VerifyCommand, KeysOfAnotherDeviceAreFive) {
    const std::string file = desk.folder() / "keys.json";
    std::ofstream(file) << result::SigningKey::load_or_create(desk.folder() / "other.pem")->jwk_set();
    with_number.insert(with_number.end(), {"--keys", file});
    EXPECT_EQ(ctl(desk, with_number, "12345678901234\n").code, 5);
}

TEST_F(VerifyCommand, PartsOfTheNumberAndTheDeadline) {
    const auto ended = ctl(desk,
                           {"verify", "--allow-simulated", "--era-year", "05", "--security-code-from", "-",
                            "--nonce", "0123456789abcdef", "--deadline", "30"},
                           "1234\n");
    EXPECT_EQ(ended.code, 0) << ended.err;
    desk.run([](ScriptedDesk& at) {
        EXPECT_EQ(at.request.access_number->era_year->view(), "05");
        EXPECT_EQ(at.request.access_number->security_code->view(), "1234");
        EXPECT_EQ(at.request.nonce, "0123456789abcdef");
        EXPECT_EQ(at.request.deadline, Milliseconds(30000));
    });
}

TEST_F(VerifyCommand, ThePinAloneIsAWay) {
    const auto ended = ctl(desk, {"verify", "--allow-simulated", "--pin-from", "-"}, "1234\n");
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_THAT(ended.out, AllOf(HasSubstr("waiting for another method"), HasSubstr("checking the PIN"),
                                 HasSubstr("VERIFIED: the card signed our nonce")));
    desk.run([](ScriptedDesk& at) {
        EXPECT_THAT(at.request.methods, ElementsAre(Method::pin));
        EXPECT_THAT(at.provided, ElementsAre("pin 1234"));
    });
}

TEST_F(VerifyCommand, AWrongPinIsNeverRepeatedAndStaffMayFollow) {
    auto ended = ctl(desk, {"verify", "--allow-simulated", "--pin-from", "-"}, "0000\n");
    EXPECT_EQ(ended.code, 2) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("(pin_wrong)  tries left for the PIN: 2"));
    desk.run([](ScriptedDesk& at) {
        EXPECT_THAT(at.provided, ElementsAre("pin 0000"));
        EXPECT_EQ(at.cancelled.size(), 1U) << "there is nothing more to hand in";
        at.provided.clear();
    });
    ended = ctl(desk,
                {"verify", "--allow-simulated", "--pin-from", "-", "--staff", "hanako.s", "--staff-reason",
                 "pin_failed"},
                "0000\n");
    EXPECT_EQ(ended.code, 0) << ended.err;
    desk.run([](ScriptedDesk& at) {
        EXPECT_THAT(at.request.methods, ElementsAre(Method::pin, Method::visual_check));
        EXPECT_THAT(at.provided, ElementsAre("pin 0000", "hanako.s pin_failed yes"));
    });
}

TEST_F(VerifyCommand, StaffMayDenyAndMustSayWhy) {
    const auto ended = ctl(desk, {"verify", "--allow-simulated", "--staff", "hanako.s", "--staff-reason",
                                  "no_photo", "--staff-denies"});
    EXPECT_EQ(ended.code, 1) << ended.err;
    desk.run([](ScriptedDesk& at) { EXPECT_THAT(at.provided, ElementsAre("hanako.s no_photo no")); });
    EXPECT_EQ(ctl(desk, {"verify", "--allow-simulated", "--staff", "hanako.s"}).code, 3);
    EXPECT_EQ(
        ctl(desk, {"verify", "--allow-simulated", "--staff", "hanako.s", "--staff-reason", "because"}).code,
        3);
}

TEST_F(VerifyCommand, AsksForWhatIsOpen) {
    auto ended = ctl(desk, {"verify", "--allow-simulated", "--interactive"}, "\n\n0000\n\nhanako.s\ny\n");
    EXPECT_EQ(ended.code, 0) << ended.err;
    desk.run([](ScriptedDesk& at) {
        EXPECT_THAT(at.request.methods, ElementsAre(Method::face, Method::pin, Method::visual_check));
        EXPECT_THAT(at.provided, ElementsAre("pin 0000", "hanako.s other yes"));
    });
    EXPECT_THAT(ended.out + ended.err, Not(HasSubstr("0000")));
}

TEST_F(VerifyCommand, AnActMayBeNamed) {
    with_number.insert(with_number.end(), {"--idempotency-key", "reception-17"});
    EXPECT_EQ(ctl(desk, with_number, "12345678901234\n").code, 0);
    desk.run([](ScriptedDesk& at) { EXPECT_EQ(at.request.idempotency_key, "reception-17-1"); });
    with_number.emplace_back("--compared");
    EXPECT_EQ(ctl(desk, with_number, "12345678901234\n").code, 0);
    desk.run([](ScriptedDesk& at) { EXPECT_TRUE(at.request.access_number->compared); });
}

TEST_F(VerifyCommand, AsksForTheNumberWhenItIsNeeded) {
    auto ended = ctl(desk, {"verify", "--allow-simulated", "--interactive"}, "12345678901234\n");
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("Verification number B"));
    ended = ctl(desk, {"verify", "--allow-simulated", "--interactive"}, "\n05\n1234\n");
    EXPECT_EQ(ended.code, 0) << ended.err;
    desk.run([](ScriptedDesk& at) { EXPECT_THAT(at.provided, ElementsAre("12345678901234", "05/1234")); });
    EXPECT_EQ(ctl(desk, {"verify", "--allow-simulated", "--interactive"}, "").code, 2);
    EXPECT_TRUE(desk.eventually([](ScriptedDesk& at) { return at.cancelled.size() == 1; }));
}

TEST_F(VerifyCommand, RefusalsAreSix) {
    desk.run([](ScriptedDesk& at) { at.refusal = session::Refusal{Reason::busy, Milliseconds(900), {}}; });
    auto ended = ctl(desk, with_number, "12345678901234\n");
    EXPECT_EQ(ended.code, 6);
    EXPECT_THAT(ended.err, HasSubstr("(busy)"));
    ended = ctl(desk, {"verify", "--allow-simulated", "--nonce", "short"});
    EXPECT_EQ(ended.code, 6);
    EXPECT_THAT(ended.err, HasSubstr("InvalidParameter: nonce"));
}

TEST_F(VerifyCommand, ADaemonThatGoesIsFour) {
    testing::Ended ended;
    std::thread other([&] { ended = ctl(desk, {"verify", "--allow-simulated"}); });
    ASSERT_TRUE(desk.eventually([](ScriptedDesk& at) { return at.begun == 1; }));
    desk.stop();
    other.join();
    EXPECT_EQ(ended.code, 4);
    EXPECT_THAT(ended.err, HasSubstr("shutting_down"));
}

} // namespace
} // namespace kaomon
