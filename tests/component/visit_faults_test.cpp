// Everything that can go wrong with card, reader, camera, caller and installation, one after the other at one
// desk.
#include "drivers/base/clock.hpp"
#include "tests/component/visit_fixture.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

namespace kaomon::test {
namespace {

namespace fs = std::filesystem;

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
        EXPECT_LT(visit.seconds, 3 + soon) << "after " << after << ": it had 3 s to come back";
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
        if (reply->at("parameters").at("state") == "waiting_access_number")
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

TEST_F(VisitTest, AReaderServiceThatStandsStillIsSaidAndHoldsUpNeitherStatusNorTheEnd) {
    desk->pcscd().freeze();
    EXPECT_TRUE(eventually(
        [] { return boost::json::serialize(desk->status()).find("reader_stuck") != std::string::npos; }, 40));
    const auto told = SteadyClock::now();
    desk->daemon().signal(SIGTERM);
    EXPECT_EQ(desk->daemon().wait(), 0);
    EXPECT_LT(std::chrono::duration<double>(SteadyClock::now() - told).count(), soon);
    desk->pcscd().thaw();
    desk->restart_daemon(Desk::other_view_of_holder());
    EXPECT_TRUE(eventually(card_present));
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
        EXPECT_EQ(visit.decision, "undecided") << line << ": says nothing of the person";
        EXPECT_NE(std::ranges::find(reasons, visit.reason), reasons.end()) << line << ": " << visit.reason;
        EXPECT_LT(visit.seconds, soon + 4) << line; // a feed at fault has three seconds to heal
        desk->camera_fault("clear");
        desk->camera_fault("plug");
        expect_ready(); // and leaves no suspicion
    }
}

TEST_F(VisitTest, AFeedThatFrozeAndMovesAgainVerifiesInTheSameVisit) {
    for (const char* fault : {"freeze", "black"}) {
        desk->camera_fault(fault);
        Caller caller(desk->socket());
        caller.send("org.kaomon.Verification.Verify",
                    {{"nonce", "nonce-of-a-component-test"},
                     {"access_number", {{"number", number()}}},
                     {"idempotency_key", std::string("healing-of-") + fault}},
                    true);
        const std::string hint = fault == std::string("black") ? "feed_black" : "feed_frozen";
        bool told = false;
        while (!told) {
            const auto reply = caller.receive();
            ASSERT_TRUE(reply && reply->contains("parameters"));
            const auto& step = reply->at("parameters").as_object();
            ASSERT_NE(std::string_view(step.at("state").as_string()), "concluded") << fault;
            told = step.contains("hint") && std::string_view(step.at("hint").at("word").as_string()) == hint;
        }
        desk->camera_fault("clear");
        const auto visit = Desk::follow(caller);
        EXPECT_EQ(visit.decision, "verified") << fault << ": " << visit.reason;
        EXPECT_TRUE(claims_of(visit).suspicion.empty());
    }
}

TEST_F(VisitTest, SuspicionSurvivesAKillBetweenVetoAndResult) {
    desk->restart_daemon(Desk::other_view_of_holder(), "[match]\npolicy = \"strict\"\n", "video");
    desk->put(card);
    const auto file = desk->folder() / "suspicions";
    ASSERT_FALSE(std::filesystem::exists(file));
    Caller caller(desk->socket());
    caller.send("org.kaomon.Verification.Verify",
                {{"nonce", "nonce-of-a-component-test"},
                 {"access_number", {{"number", number()}}},
                 {"idempotency_key", "killed-after-its-veto"}},
                true);
    for (int waited = 0; !std::filesystem::exists(file) && waited < 200'000; ++waited)
        std::this_thread::sleep_for(std::chrono::microseconds(100));
    desk->daemon().signal(SIGKILL);
    ASSERT_TRUE(std::filesystem::exists(file)) << desk->daemon().log();
    EXPECT_EQ(desk->daemon().wait(), 128 + SIGKILL);

    desk->restart_daemon(Desk::other_view_of_holder(), {}, "live", false);
    desk->put(card);
    const auto retry = desk->visit(number());
    EXPECT_EQ(retry.decision, "undecided");
    EXPECT_EQ(retry.reason, "suspicion_remains");
    EXPECT_LT(retry.seconds, soon) << "no face is looked at that cannot verify";
    const auto looked = desk->visit_with(number(), {visual_check("face_failed")});
    EXPECT_EQ(looked.reason, "staff_confirmed");
    EXPECT_EQ(claims_of(looked).suspicion, std::vector<std::string>{"screen_detected"});
    expect_ready();
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
        EXPECT_EQ(std::ranges::count(visit.states, "preparing_reference"), 0);
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
    EXPECT_EQ(start("bad.toml", "[card]\nmin_tries = 99\n", said), 78);
    EXPECT_NE(said.find("bad.toml:2"), std::string::npos) << said;
    EXPECT_NE(said.find("min_tries"), std::string::npos) << said;
    EXPECT_EQ(start("no.toml", "[card\n", said), 78);
    EXPECT_NE(said.find("no.toml:1"), std::string::npos) << said;
    EXPECT_EQ(run({programs() / "kaomond", "--config", desk->folder() / "missing.toml"}, &said), 78);
    EXPECT_NE(said.find("missing.toml"), std::string::npos) << said;

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
    EXPECT_EQ(claims_of(visit).signature, card::mynumber::Check::not_checked);
    fs::remove(desk->folder() / "trust.d");
    fs::rename(hidden, desk->folder() / "trust.d");
    desk->restart_daemon(Desk::other_view_of_holder());
    EXPECT_TRUE(eventually(card_present));
    expect_ready();
}

} // namespace
} // namespace kaomon::test
