#include "tests/daemon/socket/as_user.hpp"
#include "tests/daemon/socket/raw_client.hpp"
#include "tests/daemon/socket/served_desk.hpp"
#include "tests/daemon/socket/verify_call.hpp"

#include <gmock/gmock.h>

namespace kaomon::socket {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::invalid;
using ::testing::Not;
using ::testing::Pair;
using testing::RawClient;
using testing::ScriptedDesk;
using testing::ServedDesk;
using testing::verify;
using testing::with_number;

TEST(VerificationMethods, VerifyTellsEachStepAndTheResult) {
    ServedDesk served;
    RawClient client(served.path());
    const std::string first = client.call(verify(with_number + R"(,"methods":["face"],"deadline_ms":30000)"));
    EXPECT_THAT(
        first,
        HasSubstr(R"({"parameters":{"session":"session-1","state":"waiting_card","hint":{"word":"no_card")"));
    EXPECT_THAT(first, HasSubstr(R"("continues":true)"));
    EXPECT_THAT(client.receive().value_or(""), HasSubstr(R"("state":"reading_card"},"continues":true)"));
    EXPECT_THAT(client.receive().value_or(""), HasSubstr(R"("state":"reading_photo","tries_left":10)"));
    EXPECT_THAT(client.receive().value_or(""),
                HasSubstr(R"("state":"capturing_face","hint":{"word":"no_face")"));
    const std::string last = client.receive().value_or("");
    EXPECT_THAT(
        last, HasSubstr(R"("state":"concluded","verdict":{"decision":"verified","reason":{"word":"match")"));
    EXPECT_THAT(last, HasSubstr(R"("result":"h.p.s")"));
    EXPECT_THAT(last, Not(HasSubstr("continues")));
    served.run([](ScriptedDesk& desk) {
        EXPECT_EQ(desk.request.nonce, "0123456789abcdef");
        EXPECT_THAT(desk.request.methods, ElementsAre(Method::face));
        EXPECT_EQ(desk.request.deadline, Milliseconds(30000));
        EXPECT_EQ(desk.request.caller, getuid());
        ASSERT_TRUE(desk.request.access_number);
        EXPECT_EQ(desk.request.access_number->number->view(), "12345678901234");
        EXPECT_FALSE(desk.request.access_number->era_year);
    });
    EXPECT_THAT(client.call(R"({"method":"org.kaomon.Device.GetInfo"})"),
                HasSubstr("issuer")); // the connection is free
}

TEST(VerificationMethods, VerifyNeedsMore) {
    ServedDesk served;
    RawClient client(served.path());
    EXPECT_EQ(client.call(
                  R"({"method":"org.kaomon.Verification.Verify","parameters":{"nonce":"0123456789abcdef"}})"),
              R"({"error":"org.varlink.service.ExpectedMore","parameters":{}})");
    client.send(
        R"({"method":"org.kaomon.Verification.Verify","oneway":true,"parameters":{"nonce":"0123456789abcdef"}})");
    client.call(R"({"method":"org.kaomon.Device.GetInfo"})");
    served.run([](ScriptedDesk& desk) { EXPECT_EQ(desk.begun, 0); }); // a session nobody could hear of
}

TEST(VerificationMethods, RefusalsOfTheDesk) {
    ServedDesk served;
    RawClient client(served.path()), other(served.path());
    served.run([](ScriptedDesk& desk) {
        desk.refusal = session::Refusal{Reason::method_unavailable, Milliseconds(0), "methods: pin"};
    });
    const std::string refused = client.call(verify());
    EXPECT_THAT(
        refused,
        HasSubstr(
            R"({"error":"org.kaomon.Verification.Refused","parameters":{"reason":{"word":"method_unavailable")"));
    EXPECT_THAT(refused, HasSubstr(R"("detail":"methods: pin")"));
    const std::string unknown = client.call(verify(R"(,"methods":["face","iris"])"));
    EXPECT_THAT(unknown, HasSubstr(R"("word":"method_unavailable")"));
    EXPECT_EQ(unknown.find("iris"), unknown.npos) << "what a caller sent is not sent back";
    client.call(verify());
    EXPECT_THAT(
        other.call(verify()),
        HasSubstr(
            R"({"error":"org.kaomon.Verification.Busy","parameters":{"retry_after_ms":1500,"place":1,"reason":{"word":"busy")"));
}

TEST(VerificationMethods, ProvideFromAnotherConnection) {
    ServedDesk served;
    RawClient client(served.path()), other(served.path());
    client.call(verify());
    client.receive();
    EXPECT_THAT(client.receive().value_or(""), HasSubstr("waiting_access_number"));
    EXPECT_EQ(
        other.call(
            R"({"method":"org.kaomon.Verification.Provide","parameters":{"session":"session-1","idempotency_key":"12345678","access_number":{"era_year":"05","security_code":"1234","number":null}}})"),
        R"({"parameters":{"repeated":false}})");
    EXPECT_THAT(client.receive().value_or(""), HasSubstr("capturing_face"));
    EXPECT_THAT(client.receive().value_or(""), HasSubstr("verified"));
    served.run([](ScriptedDesk& desk) { EXPECT_THAT(desk.provided, ElementsAre("05/1234")); });
}

std::string provide(std::string_view what, std::string_view idempotency_key = "12345678") {
    return R"({"method":"org.kaomon.Verification.Provide","parameters":{"session":"session-1","idempotency_key":")" +
           std::string(idempotency_key) + R"(",)" + std::string(what) + "}}";
}

TEST(VerificationMethods, ProvideTakesAConsent) {
    ServedDesk served;
    RawClient client(served.path()), other(served.path());
    client.call(verify());
    EXPECT_EQ(other.call(provide(R"("consent":{"given":true})")), R"({"parameters":{"repeated":false}})");
    EXPECT_THAT(other.call(provide(R"("consent":{"given":true,"staff":"nobody.here"})", "12345679")),
                HasSubstr("staff_not_configured"));
    EXPECT_EQ(other.call(provide(R"("consent":{"given":true,"staff":""})", "12345670")),
              invalid("consent.staff"));
    EXPECT_EQ(other.call(provide(R"("consent":{})", "12345671")), invalid("consent.given"));
    served.run([](ScriptedDesk& desk) { EXPECT_THAT(desk.provided, ElementsAre("consent yes")); });
}

TEST(VerificationMethods, ProvideTakesAPinOrAVisualCheck) {
    ServedDesk served;
    RawClient client(served.path()), other(served.path());
    client.call(verify(R"(,"methods":["pin","visual_check"])"));
    client.receive();
    const std::string waiting = client.receive().value_or("");
    EXPECT_THAT(waiting, HasSubstr(R"("state":"waiting_method","hint":{"word":"method_missing")"));
    EXPECT_THAT(waiting, HasSubstr(R"("methods":["pin","visual_check"])"));
    EXPECT_THAT(waiting, HasSubstr(R"("warnings":[{"reason":{"word":"sign_in_certificate_ends_soon")"));
    EXPECT_THAT(waiting, HasSubstr(R"("day":"2027-02-17"}])"));
    EXPECT_EQ(other.call(provide(R"("pin":"0000")")), R"({"parameters":{"repeated":false}})");
    EXPECT_THAT(client.receive().value_or(""), HasSubstr("checking_pin"));
    EXPECT_THAT(client.receive().value_or(""), HasSubstr(R"("word":"pin_wrong")"));
    EXPECT_EQ(other.call(provide(R"("pin":"0000")")), R"({"parameters":{"repeated":true}})");
    EXPECT_EQ(
        other.call(provide(R"("access_number":{"number":"12345678901234","compared":true})", "act-no-2")),
        R"({"parameters":{"repeated":false}})");
    EXPECT_THAT(client.receive().value_or(""), HasSubstr("capturing_face"));
    served.run([](ScriptedDesk& desk) {
        EXPECT_THAT(desk.provided, ElementsAre("pin 0000", "12345678901234 compared"));
        EXPECT_THAT(desk.request.methods, ElementsAre(Method::pin, Method::visual_check));
    });

    client.receive();
    RawClient next(served.path());
    next.call(verify(R"(,"methods":["visual_check"])"));
    const auto visual_check = [&](std::string_view fields) {
        std::string call = provide(R"("visual_check":{)" + std::string(fields) + "}");
        return other.call(call.replace(call.find("session-1"), 9, "session-2"));
    };
    EXPECT_EQ(visual_check(R"("staff":"","reason":"other","confirmed":true)"), invalid("visual_check.staff"));
    EXPECT_EQ(visual_check(R"("staff":"a b","reason":"other","confirmed":true)"),
              invalid("visual_check.staff"));
    EXPECT_EQ(visual_check(R"("staff":"a","reason":"because","confirmed":true)"),
              invalid("visual_check.reason"));
    EXPECT_EQ(visual_check(R"("staff":"a","reason":"other")"), invalid("visual_check.confirmed"));
    EXPECT_EQ(visual_check(R"("staff":"a","reason":"other","confirmed":false)"),
              R"({"parameters":{"repeated":false}})");
    served.run([](ScriptedDesk& desk) { EXPECT_EQ(desk.provided.back(), "a other no"); });
}

TEST(VerificationMethods, AVisualCheckIsThatOfSomebodyWhomTheCallerMaySpeakFor) {
    ServedDesk served;
    RawClient client(served.path());
    client.call(verify(R"(,"methods":["visual_check"])"));
    const auto reply =
        RawClient(served.path())
            .call(provide(R"("visual_check":{"staff":"b","reason":"other","confirmed":true})"));
    EXPECT_THAT(reply, HasSubstr("org.kaomon.Verification.Refused"));
    EXPECT_THAT(reply, HasSubstr("staff_not_configured"));
    EXPECT_THAT(reply, HasSubstr("as b: [socket] staff_users"));
    served.run([](ScriptedDesk& desk) { EXPECT_TRUE(desk.provided.empty()); });
}

TEST(VerificationMethods, NobodyHandsInAVisualCheckAsInstalled) {
    ServedDesk served([](Options& options) { options.permissions.staff_users.clear(); });
    RawClient client(served.path());
    client.call(verify(R"(,"methods":["visual_check"])"));
    EXPECT_THAT(RawClient(served.path())
                    .call(provide(R"("visual_check":{"staff":"a","reason":"other","confirmed":true})")),
                HasSubstr("staff_not_configured"));
}

TEST(VerificationMethods, AnActHasItsShape) {
    ServedDesk served;
    RawClient client(served.path()), other(served.path());
    client.call(verify());
    for (const std::string& key : {std::string("1234567"), std::string(129, 'a'), std::string("1234 5678")})
        EXPECT_EQ(other.call(provide(R"("pin":"1234")", key)), invalid("idempotency_key")) << key;
    EXPECT_EQ(
        other.call(R"({"method":"org.kaomon.Verification.Provide","parameters":{"session":"session-1"}})"),
        invalid("idempotency_key"));
    EXPECT_EQ(other.call(verify(with_number + R"(,"idempotency_key":"short")")), invalid("idempotency_key"));
    served.run([](ScriptedDesk& desk) { EXPECT_TRUE(desk.provided.empty()); });
}

TEST(VerificationMethods, ProvideRefusedByTheDesk) {
    ServedDesk served;
    RawClient client(served.path()), other(served.path());
    client.call(verify());
    served.run([](ScriptedDesk& desk) {
        desk.provide_failure = Failure{Reason::access_number_malformed, "13 digits"};
    });
    EXPECT_THAT(
        other.call(
            R"({"method":"org.kaomon.Verification.Provide","parameters":{"session":"session-1","idempotency_key":"12345678","access_number":{"number":"1"}}})"),
        HasSubstr(R"(Refused","parameters":{"reason":{"word":"access_number_malformed")"));
}

TEST(VerificationMethods, CancelEndsTheSession) {
    ServedDesk served;
    RawClient client(served.path()), other(served.path());
    client.call(verify());
    EXPECT_EQ(
        other.call(R"({"method":"org.kaomon.Verification.Cancel","parameters":{"session":"session-1"}})"),
        R"({"parameters":{}})");
    std::string last;
    while (const auto reply = client.receive(Milliseconds(300)))
        last = *reply;
    EXPECT_THAT(last, HasSubstr(R"("decision":"undecided","reason":{"word":"cancelled")"));
    EXPECT_THAT(
        other.call(R"({"method":"org.kaomon.Verification.Cancel","parameters":{"session":"session-1"}})"),
        HasSubstr(
            R"(NoSuchSession","parameters":{"session":"session-1","reason":{"word":"session_unknown")"));
}

TEST(VerificationMethods, AClosedConnectionCancelsAtOnce) {
    ServedDesk served;
    RawClient client(served.path());
    client.call(verify());
    client.shut();
    EXPECT_TRUE(served.eventually([](auto& desk) { return !desk.cancelled.empty(); }));
    served.run([](ScriptedDesk& desk) {
        EXPECT_THAT(desk.cancelled, ElementsAre(Pair(getuid(), Reason::caller_gone)));
    });
    RawClient next(served.path());
    EXPECT_THAT(next.call(verify()), HasSubstr("session-2"));
}

TEST(VerificationMethods, WithoutASignedResultThereIsNone) {
    ServedDesk served;
    RawClient client(served.path());
    served.run([](ScriptedDesk& desk) {
        desk.sign = [](const auto&, const auto&, auto) { return std::nullopt; };
        desk.script = [](ScriptedDesk& at, const auto&) {
            at.conclude(match::Decision::undecided, Reason::audit_unwritable);
        };
    });
    const std::string last = client.call(verify());
    EXPECT_THAT(last, HasSubstr("audit_unwritable"));
    EXPECT_THAT(last, Not(HasSubstr("\"result\"")));
}

// What other users may: needs root, to become them.
struct AsOthers : ::testing::Test {
    static constexpr uid_t listed = 4711, stranger = 4712;
};

TEST_F(AsOthers, OnlyListedUsersVerify) {
    ServedDesk served([](Options& options) { options.permissions.verify_users = {"4711"}; });
    if (geteuid() != 0) { // the listed one is not us
        EXPECT_EQ(RawClient(served.path()).call(verify()),
                  R"({"error":"org.varlink.service.PermissionDenied","parameters":{}})");
        GTEST_SKIP() << "only root can become the listed user and a stranger";
    }
    testing::open_to_all(served.path());
    EXPECT_THAT(testing::call_as(stranger, served.path(), verify()), HasSubstr("PermissionDenied"));
    EXPECT_THAT(testing::call_as(stranger, served.path(), R"({"method":"org.kaomon.Device.Watch"})"),
                HasSubstr("reader"));
    EXPECT_THAT(testing::call_as(listed, served.path(), verify()), HasSubstr("waiting_card"));
}

TEST_F(AsOthers, ASessionIsItsUsersAlone) {
    if (geteuid() != 0)
        GTEST_SKIP() << "only root can become two users";
    ServedDesk served;
    testing::open_to_all(served.path());
    const std::string cancel =
        R"({"method":"org.kaomon.Verification.Cancel","parameters":{"session":"session-1"}})";
    const std::string provide =
        R"({"method":"org.kaomon.Verification.Provide","parameters":{"session":"session-1","idempotency_key":"12345678","access_number":{"number":"1"}}})";
    RawClient client(served.path());
    client.call(verify());
    EXPECT_THAT(testing::call_as(stranger, served.path(), cancel), HasSubstr("NoSuchSession"));
    EXPECT_THAT(testing::call_as(stranger, served.path(), provide), HasSubstr("NoSuchSession"));
    served.run([](ScriptedDesk& desk) { EXPECT_TRUE(desk.cancelled.empty() && desk.provided.empty()); });
}

TEST_F(AsOthers, RootMayEndAnyonesSession) {
    if (geteuid() != 0)
        GTEST_SKIP() << "root's right is tried as root";
    ServedDesk served;
    testing::open_to_all(served.path());
    const auto user = testing::hold_as(listed, served.path(), verify());
    EXPECT_TRUE(served.eventually([](auto& desk) { return desk.begun == 1; }));
    EXPECT_EQ(
        RawClient(served.path())
            .call(R"({"method":"org.kaomon.Verification.Cancel","parameters":{"session":"session-1"}})"),
        R"({"parameters":{}})");
    served.run([](ScriptedDesk& desk) {
        EXPECT_THAT(desk.cancelled, ElementsAre(Pair(listed, Reason::cancelled)));
    });
}

} // namespace
} // namespace kaomon::socket
