// One patient, end to end, on real parts; then everything that can go wrong on the way, one after the other
// at one desk, which must be ready for the next patient each time, with no try of the card spent.
#include "daemon/audit/log.hpp"
#include "daemon/result/jws.hpp"
#include "tests/component/desk.hpp"
#include "tests/component/stills.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>
#include <thread>
#include <tuple>

namespace kaomon::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

// Every fault ends in its reason within this time (after the fault is there).
constexpr double soon = 2.0;

class VisitTest : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        desk = new Desk;
        card = desk->issue("card");
        desk->restart_daemon(Desk::other_view_of_holder());
        desk->put(card);
    }
    static void TearDownTestSuite() {
        delete desk;
        desk = nullptr;
    }
    void TearDown() override {
        EXPECT_TRUE(desk->daemon().running()) << desk->daemon().log();
        EXPECT_EQ(desk->tries(card), 10) << "a try was spent that nobody asked for";
        EXPECT_EQ(desk->tries(card, "sign_in_pin"), 3) << "a try of the PIN was spent that nobody asked for";
    }

    static std::string number() { return desk->number(card); }
    static void expect_ready() {
        const auto visit = desk->visit(number());
        EXPECT_EQ(visit.decision, "verified") << visit.reason;
    }
    static bool card_present() { return desk->status().at("card_present").as_bool(); }
    static boost::json::object eye_check(const char* reason, bool confirmed = true) {
        return {{"eye_check", {{"staff", "hanako.s"}, {"reason", reason}, {"confirmed", confirmed}}}};
    }
    static result::Claims claims_of(const Visit& visit) {
        Caller caller(desk->socket());
        const auto keys = boost::json::serialize(caller.call("org.kaomon.Device.GetKeys").at("parameters"));
        const auto claims =
            result::check(visit.result, keys, {"nonce-of-a-component-test", std::time(nullptr)});
        if (!claims) {
            ADD_FAILURE() << claims.error().detail;
            return {};
        }
        return *claims;
    }

    static Desk* desk;
    static fs::path card;
};
Desk* VisitTest::desk = nullptr;
fs::path VisitTest::card;

TEST_F(VisitTest, VerifiesOnePatient) {
    const auto visit = desk->visit(number());
    ASSERT_EQ(visit.decision, "verified") << visit.reason << "\n" << desk->daemon().log();
    EXPECT_EQ(visit.reason, "match");
    EXPECT_EQ(visit.states, (std::vector<std::string>{"waiting_card", "reading_card", "reading_photo",
                                                      "comparing", "looking", "concluded"}));
    const auto claims = claims_of(visit);
    EXPECT_EQ(claims.decision, "verified");
    EXPECT_EQ(claims.way, "face");
    EXPECT_EQ(claims.signature, "valid");
    EXPECT_EQ(claims.chip, "valid");
    EXPECT_EQ(claims.simulated, (std::vector<std::string>{"card", "camera"}));
    EXPECT_EQ(claims.models.size(), 3U);
    for (const auto& [kind, outcome] : claims.liveness) {
        EXPECT_NE(outcome, "fail") << kind;
        if (kind.starts_with("feed_") || kind == "photo_replay") {
            EXPECT_EQ(outcome, "pass") << kind;
        }
    }
}

TEST_F(VisitTest, TheResultHoldsNothingOfThePatient) {
    const auto visit = desk->visit(number());
    const std::string whole = boost::json::serialize(visit.last) + desk->daemon().log();
    std::ifstream audit(desk->folder() / "audit.jsonl");
    const std::string record{std::istreambuf_iterator<char>(audit), {}};
    for (const auto& secret : {number(), number().substr(10)}) {
        EXPECT_EQ(desk->daemon().log().find(secret), std::string::npos);
        if (secret.size() > 4) {
            EXPECT_EQ(whole.find(secret), std::string::npos);
            EXPECT_EQ(record.find(secret), std::string::npos);
        }
    }
    EXPECT_TRUE(audit::verify(desk->folder() / "audit.jsonl"));
}

TEST_F(VisitTest, AMistypedNumberIsStoppedByTheGuard) {
    auto mistyped = number();
    mistyped[5] = mistyped[5] == '9' ? '0' : static_cast<char>(mistyped[5] + 1);
    const auto visit = desk->visit(mistyped);
    EXPECT_EQ(visit.decision, "undecided");
    EXPECT_EQ(visit.reason, "access_number_unchecked") << "the birthday is not the expiry's day";
    expect_ready();
}

TEST_F(VisitTest, ANumberMayBeProvidedFromAnotherConnection) {
    Caller verifying(desk->socket());
    verifying.send("org.kaomon.Verification.Verify", {{"nonce", "nonce-of-a-component-test"}}, true);
    std::string session;
    while (const auto reply = verifying.receive()) {
        const auto& parameters = reply->at("parameters").as_object();
        session = parameters.at("session").as_string();
        if (parameters.at("state") == "waiting_access")
            break;
    }
    Caller providing(desk->socket());
    const auto era_year = number().substr(0, 2);
    const auto security_code = number().substr(10);
    const auto reply =
        providing.call("org.kaomon.Verification.Provide",
                       {{"session", session},
                        {"act", "act-of-a-person"},
                        {"access", {{"era_year", era_year}, {"security_code", security_code}}}});
    EXPECT_FALSE(reply.contains("error")) << boost::json::serialize(reply);
    EXPECT_EQ(Desk::follow(verifying).decision, "verified");
}

TEST_F(VisitTest, ThePinVerifiesAndTheCameraStaysOff) {
    const auto visit = desk->visit_with("", {{{"pin", desk->pin(card)}}});
    ASSERT_EQ(visit.decision, "verified") << visit.reason << "\n" << desk->daemon().log();
    EXPECT_EQ(visit.reason, "pin_accepted");
    EXPECT_EQ(visit.states, (std::vector<std::string>{"waiting_card", "reading_card", "waiting_way",
                                                      "checking_pin", "concluded"}));
    const auto claims = claims_of(visit);
    EXPECT_EQ(claims.way, "pin");
    EXPECT_EQ(claims.signature, "valid");
    EXPECT_EQ(claims.chip, "valid");
    EXPECT_EQ(claims.revocation, "not_checked");
    EXPECT_EQ(desk->daemon().log().find("\"" + desk->pin(card)), std::string::npos);
}

TEST_F(VisitTest, AnotherPersonGoesOnToPinAndStaffInOneVisit) {
    desk->restart_daemon(Desk::stranger());
    EXPECT_TRUE(eventually(card_present));
    auto visit = desk->visit_with(number(), {{{"pin", desk->pin(card)}}});
    EXPECT_EQ(visit.reason, "pin_accepted");
    EXPECT_EQ(std::ranges::count(visit.states, "reading_card"), 1) << "the card is read once";
    EXPECT_EQ(std::ranges::count(visit.hints, "no_match"), 1);
    EXPECT_EQ(claims_of(visit).earlier.at(0).reason, "no_match");

    visit = desk->visit_with(number(), {eye_check("face_failed")});
    EXPECT_EQ(visit.reason, "staff_confirmed");
    EXPECT_EQ(claims_of(visit).staff->id, "hanako.s");
    visit = desk->visit_with(number(), {eye_check("face_failed", false)});
    EXPECT_EQ(visit.decision, "not_verified");
    EXPECT_EQ(visit.reason, "staff_denied");
    desk->restart_daemon(Desk::other_view_of_holder());
    EXPECT_TRUE(eventually(card_present));
}

TEST_F(VisitTest, ARepeatedPinCostsNoSecondTryEvenAfterARestart) {
    const boost::json::object wrong{{"pin", "0000"}, {"act", "the-act-of-a-person"}};
    auto visit = desk->visit_with("", {wrong, eye_check("pin_failed")});
    EXPECT_EQ(claims_of(visit).earlier.at(0).reason, "pin_wrong");
    EXPECT_EQ(desk->tries(card, "sign_in_pin"), 2);
    for (const bool restart : {false, true}) {
        if (restart) {
            desk->restart_daemon(Desk::other_view_of_holder());
            EXPECT_TRUE(eventually(card_present));
        }
        visit = desk->visit_with("", {wrong, eye_check("pin_failed")});
        EXPECT_EQ(claims_of(visit).earlier.at(0).reason, "act_already_spent");
        EXPECT_EQ(desk->tries(card, "sign_in_pin"), 2);
    }
    visit = desk->visit_with("", {{{"pin", desk->pin(card)}}});
    EXPECT_EQ(visit.reason, "pin_accepted");
    EXPECT_EQ(desk->tries(card, "sign_in_pin"), 3) << "a right one gives them back";
}

TEST_F(VisitTest, AClosedConnectionCancels) {
    {
        Caller caller(desk->socket());
        caller.send("org.kaomon.Verification.Verify", {{"nonce", "nonce-of-a-component-test"}}, true);
        ASSERT_TRUE(caller.receive());
    }
    EXPECT_TRUE(eventually([] { return desk->status().at("state") == "idle"; }, soon));
    expect_ready();
}

TEST_F(VisitTest, ASecondCallerIsToldWhenToComeAgain) {
    Caller first(desk->socket());
    first.send("org.kaomon.Verification.Verify", {{"nonce", "nonce-of-a-component-test"}}, true);
    ASSERT_TRUE(first.receive());
    const auto second = desk->visit(number());
    EXPECT_EQ(second.reason, "org.kaomon.Verification.Busy");
    EXPECT_GT(second.last.at("parameters").at("retry_after_ms").as_int64(), 0);
    first.hang_up();
    EXPECT_TRUE(eventually([] { return desk->status().at("state") == "idle"; }, soon));
}

TEST_F(VisitTest, ACardPulledAtAnyApduIsAReason) {
    int whole = 0;
    for (int after = 0; after < 200; ++after) {
        desk->card_fault("pull after " + std::to_string(after));
        const auto visit = desk->visit(number());
        desk->card_fault("clear");
        if (visit.decision == "verified") { // everything had been read by then
            whole = after;
            break;
        }
        EXPECT_EQ(visit.decision, "undecided") << "after " << after;
        EXPECT_TRUE(visit.reason == "card_removed" || visit.reason == "no_card" ||
                    visit.reason == "card_mute" || visit.reason == "card_error")
            << "after " << after << ": " << visit.reason;
        EXPECT_LT(visit.seconds, soon) << "after " << after;
        ASSERT_TRUE(eventually([] { return !card_present(); })) << "after " << after;
        desk->card_fault("insert");
        ASSERT_TRUE(eventually(card_present)) << "after " << after;
        if (after > 6)
            after += 4; // every one of the first, then every fifth
    }
    EXPECT_GT(whole, 10) << "the visit was never read whole, or took too few commands to be true";
    expect_ready();
}

TEST_F(VisitTest, AMuteCardIsSaid) {
    desk->card_fault("mute");
    const auto visit = desk->visit(number(), 3000);
    EXPECT_EQ(visit.decision, "undecided");
    EXPECT_TRUE(visit.reason == "card_mute" || visit.reason == "card_removed" || visit.reason == "card_error")
        << visit.reason;
    desk->card_fault("clear");
    desk->put(card);
    expect_ready();
}

TEST_F(VisitTest, AWrongAnswerOfTheCardIsAReason) {
    for (const int after : {0, 3, 8}) {
        desk->card_fault("error 6F00 after " + std::to_string(after));
        const auto visit = desk->visit(number());
        EXPECT_EQ(visit.decision, "undecided");
        EXPECT_LT(visit.seconds, soon);
        desk->card_fault("clear");
    }
    expect_ready();
}

TEST_F(VisitTest, TheReaderServiceMayDieAndComeBack) {
    desk->pcscd().kill();
    const auto visit = desk->visit(number());
    EXPECT_EQ(visit.decision, "undecided");
    EXPECT_EQ(visit.reason, "reader_service_down");
    EXPECT_LT(visit.seconds, soon);
    desk->pcscd().start();
    desk->put(card);
    expect_ready();
}

TEST_F(VisitTest, TheReaderServiceMayDieInTheMiddle) {
    Caller caller(desk->socket());
    caller.send("org.kaomon.Verification.Verify", {{"nonce", "nonce-of-a-component-test"}}, true);
    while (const auto reply = caller.receive()) {
        if (reply->at("parameters").at("state") == "waiting_access")
            break;
    }
    desk->pcscd().kill();
    const auto visit = Desk::follow(caller);
    EXPECT_EQ(visit.reason, "reader_service_down");
    EXPECT_LT(visit.seconds, soon);
    desk->pcscd().start();
    desk->put(card);
    expect_ready();
}

TEST_F(VisitTest, CameraFaultsAreReasons) {
    struct Fault {
        const char* line;
        std::vector<std::string> reasons;
    };
    for (const auto& [line, reasons] : std::vector<Fault>{{"unplug", {"no_camera", "camera_lost"}},
                                                          {"black", {"feed_black"}},
                                                          {"freeze", {"feed_frozen"}},
                                                          {"error 5", {"camera_error"}}}) {
        desk->camera_fault(line);
        const auto visit = desk->visit(number());
        EXPECT_NE(visit.decision, "verified") << line;
        EXPECT_NE(std::ranges::find(reasons, visit.reason), reasons.end()) << line << ": " << visit.reason;
        EXPECT_LT(visit.seconds, soon + 1)
            << line; // the feed is watched for a moment before it is called frozen
        desk->camera_fault("clear");
        desk->camera_fault("plug");
        if (visit.decision == "not_verified") { // a veto: the card is under suspicion until staff has looked
            EXPECT_EQ(desk->visit(number()).reason, "suspicion_remains") << line;
            const auto looked = desk->visit_with(number(), {eye_check("face_failed")});
            EXPECT_EQ(looked.reason, "staff_confirmed") << line;
            EXPECT_EQ(claims_of(looked).suspicion, std::vector<std::string>{visit.reason}) << line;
        }
        expect_ready();
    }
}

TEST_F(VisitTest, BadMessagesLeaveTheDeskReady) {
    for (const std::string& bytes :
         {std::string("{\"method\":"), std::string("no json\0", 8), std::string(70'000, 'x'),
          std::string("{\"method\":\"org.kaomon.Device.GetInfo\"", 37)}) {
        Caller caller(desk->socket());
        caller.send_raw(bytes);
        const auto reply = caller.receive(soon);
        ASSERT_TRUE(reply);
        EXPECT_TRUE(reply->contains("error"));
        EXPECT_FALSE(caller.receive(soon)) << "the connection is closed";
    }
    Caller caller(desk->socket());
    EXPECT_EQ(caller.call("org.kaomon.Device.Nothing").at("error"), "org.varlink.service.MethodNotFound");
    EXPECT_EQ(caller.call("org.kaomon.Verification.Cancel", {{"session", 7}}).at("error"),
              "org.varlink.service.InvalidParameter");
    expect_ready();
}

TEST_F(VisitTest, ForgedCardsAreRejectedBeforeAnyFaceIsCompared) {
    const auto forged_record = desk->issue("forged-record", {"--kind", "forged-signature"});
    const auto forged_chip = desk->issue("forged-chip", {"--kind", "forged-chip"});
    desk->restart_daemon(Desk::other_view_of_holder()); // reads the trust store afresh
    for (const auto& [forged, reason] :
         {std::pair{forged_record, "photo_signature_invalid"}, std::pair{forged_chip, "chip_not_genuine"}}) {
        desk->put(forged);
        const auto visit = desk->visit(desk->number(forged));
        EXPECT_EQ(visit.decision, "not_verified");
        EXPECT_EQ(visit.reason, reason);
        EXPECT_EQ(std::ranges::count(visit.states, "comparing"), 0);
    }
    desk->put(card);
    expect_ready();
}

TEST_F(VisitTest, ADamagedRecordIsAReason) {
    struct Damage {
        const char* name;
        std::streamoff at;
        std::string bytes;
    };
    // FF20 82 LL LL | DF21 12 …: an outer length beyond all offsets, an inner one beyond the outer, another
    // tag
    const std::vector<Damage> damages{
        {"too-long", 3, "\xFF\xFF"}, {"inner-too-long", 7, "\x82\x7F\xFF"}, {"no-record", 0, "AB"}};
    for (const auto& [name, at, bytes] : damages) {
        const auto damaged = desk->issue(name);
        {
            std::fstream file(damaged / "files" / "photo-0002",
                              std::ios::binary | std::ios::in | std::ios::out);
            ASSERT_TRUE(file) << name;
            file.seekp(at);
            file << bytes;
        }
        desk->put(damaged);
        const auto visit = desk->visit(desk->number(damaged));
        EXPECT_EQ(visit.decision, "undecided") << name;
        EXPECT_EQ(visit.reason, "card_data_malformed") << name;
        EXPECT_LT(visit.seconds, soon) << name;
        desk->take_away();
        EXPECT_EQ(desk->tries(damaged), 10) << name;
    }
    desk->put(card);
    expect_ready();
}

TEST_F(VisitTest, ABadConfigurationOrKeyEndsTheStartWithItsReason) {
    const auto start = [](const std::string& name, const std::string& text, std::string& said) {
        const auto file = desk->folder() / name;
        std::ofstream(file) << text;
        return run({programs() / "kaomond", "--config", file}, &said);
    };
    std::string said;
    EXPECT_EQ(start("bad.toml", "[card]\ntries_floor = 99\n", said), 78);
    EXPECT_NE(said.find("bad.toml:2"), std::string::npos) << said;
    EXPECT_NE(said.find("tries_floor"), std::string::npos) << said;
    EXPECT_EQ(start("no.toml", "[card\n", said), 78);
    EXPECT_NE(said.find("no.toml:1"), std::string::npos) << said;

    const auto key = desk->folder() / "key.pem";
    fs::permissions(key, fs::perms::others_read, fs::perm_options::add);
    EXPECT_THROW(desk->restart_daemon(Desk::other_view_of_holder()), std::runtime_error);
    EXPECT_EQ(desk->daemon().wait(), 1);
    EXPECT_NE(desk->daemon().log().find("key_unreadable"), std::string::npos);
    fs::permissions(key, fs::perms::others_read, fs::perm_options::remove);
    desk->restart_daemon(Desk::other_view_of_holder());
    EXPECT_TRUE(eventually(card_present));
}

TEST_F(VisitTest, AnUnknownSignerIsNotChecked) {
    const auto hidden = desk->folder() / "hidden";
    fs::rename(desk->folder() / "trust.d", hidden);
    fs::create_directory(desk->folder() / "trust.d");
    desk->restart_daemon(Desk::other_view_of_holder());
    EXPECT_TRUE(eventually(card_present));
    const auto visit = desk->visit(number());
    EXPECT_EQ(visit.decision, "undecided");
    EXPECT_EQ(visit.reason, "signer_unknown");
    EXPECT_EQ(claims_of(visit).signature, "not_checked");
    fs::remove(desk->folder() / "trust.d");
    fs::rename(hidden, desk->folder() / "trust.d");
    desk->restart_daemon(Desk::other_view_of_holder());
    EXPECT_TRUE(eventually(card_present));
    expect_ready();
}

TEST_F(VisitTest, AnotherPersonIsNoMatch) {
    desk->restart_daemon(Desk::stranger());
    EXPECT_TRUE(eventually(card_present));
    const auto visit = desk->visit(number());
    EXPECT_EQ(visit.decision, "not_verified");
    EXPECT_EQ(visit.reason, "no_match");
    desk->restart_daemon(Desk::other_view_of_holder());
    EXPECT_TRUE(eventually(card_present));
}

// Under a policy that asks for a turn of the head: a living head does it, a print that turns is found out,
// and one that is held still is asked in vain.
TEST_F(VisitTest, APhotographIsNoHead) {
    const std::string strict = "[match]\npolicy = \"strict\"\n";
    for (const auto& [presentation, decision, reason] :
         {std::tuple{"live", "verified", "match"}, {"turned", "not_verified", "flat_face"}}) {
        desk->restart_daemon(Desk::other_view_of_holder(), strict, presentation);
        EXPECT_TRUE(eventually(card_present));
        const auto visit = desk->visit(number());
        EXPECT_EQ(visit.decision, decision) << presentation;
        EXPECT_EQ(visit.reason, reason) << presentation;
    }
    desk->restart_daemon(Desk::other_view_of_holder(), strict, "calm");
    EXPECT_TRUE(eventually(card_present));
    const auto visit = desk->visit(number(), 6000);
    EXPECT_EQ(visit.decision, "undecided");
    EXPECT_TRUE(std::ranges::count(visit.hints, "turn_slowly") > 0);
    desk->restart_daemon(Desk::other_view_of_holder());
    EXPECT_TRUE(eventually(card_present));
    expect_ready();
}

TEST_F(VisitTest, NobodyAndTwoPeopleAreSaid) {
    write_wall(desk->folder() / "wall.jpg");
    write_pair(Desk::other_view_of_holder(), desk->folder() / "pair.jpg");
    for (const auto& [still, reason] :
         {std::pair{"wall.jpg", "no_face"}, std::pair{"pair.jpg", "several_faces"}}) {
        desk->restart_daemon(desk->folder() / still);
        EXPECT_TRUE(eventually(card_present));
        const auto visit = desk->visit(number(), 3000);
        EXPECT_EQ(visit.decision, "undecided");
        EXPECT_EQ(visit.reason, reason);
        EXPECT_TRUE(std::ranges::count(visit.hints, reason) > 0) << "said while there is time to mend it";
    }
    desk->restart_daemon(Desk::other_view_of_holder());
    EXPECT_TRUE(eventually(card_present));
    expect_ready();
}

TEST_F(VisitTest, NoCardIsSaidAtTheDeadline) {
    desk->take_away();
    const auto visit = desk->visit(number(), 700);
    EXPECT_EQ(visit.decision, "undecided");
    EXPECT_EQ(visit.reason, "no_card");
    EXPECT_LT(visit.seconds, soon);
    desk->put(card);
}

} // namespace
} // namespace kaomon::test
