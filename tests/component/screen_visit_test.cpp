// The patient screen's light from end to end: desk, daemon, screen, camera, verdict. The screen is
// kaomonctl's without a display, or the test itself; what it shows lights the simulated camera's scene.
#include "tests/component/visit_fixture.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

namespace kaomon::test {
namespace {

namespace json = boost::json;

class ScreenVisitTest : public VisitTest {
  protected:
    static void SetUpTestSuite() {
        VisitTest::SetUpTestSuite();
        restart(true);
    }
    static void restart(bool demanded, const std::string& more = {},
                        const std::string& presentation = "calm") {
        const std::string required =
            "[liveness]\nrequired = [\"feed_black\", \"feed_frozen\", \"feed_repeated\", \"feed_spliced\", "
            "\"flash\"]\n";
        desk->restart_daemon(Desk::other_view_of_holder(), (demanded ? required : std::string()) + more,
                             presentation);
        ASSERT_TRUE(eventually(card_present));
    }
    // kaomonctl's; `light` into the camera.
    static std::unique_ptr<Program> screen(bool light, std::vector<std::string> more = {}) {
        std::vector<std::string> command{
            programs() / "kaomonctl", "--socket", desk->socket(), "--lang", "en", "screen", "headless"};
        if (light)
            command.insert(command.end(), {"--person", desk->folder() / "camera.fault"});
        command.insert(command.end(), more.begin(), more.end());
        const auto log = desk->folder() / ("screen" + std::to_string(++screens) + ".log");
        auto program = std::make_unique<Program>(command, log);
        EXPECT_TRUE(eventually([&] {
            return program->log().find("idle") != std::string::npos || program->log().size() > 3;
        })) << program->log();
        return program;
    }
    static liveness::Outcome flash_of(const Visit& visit) {
        for (const auto& [kind, outcome] : claims_of(visit).liveness) {
            if (kind == "flash")
                return outcome;
        }
        ADD_FAILURE() << "no flash among the claims";
        return liveness::Outcome::not_assessed;
    }
    static inline int screens = 0;
};

// A sanitized daemon on a busy machine gives five frames a second: then a light may end without an answer, so
// that there are three visits. Never one that fails.
TEST_F(ScreenVisitTest, ALivingHeadAnswersTheLight) {
    const auto shown = screen(true);
    Visit visit;
    for (int i = 0; i < 3 && visit.decision != "verified"; ++i) {
        visit = desk->visit(number(), 13'000);
        ASSERT_NE(flash_of(visit), liveness::Outcome::fail) << shown->log();
    }
    EXPECT_EQ(visit.decision, "verified") << visit.reason << desk->daemon().log() << shown->log();
    EXPECT_EQ(flash_of(visit), liveness::Outcome::pass);
    EXPECT_TRUE(std::ranges::count(visit.hints, "screen_light") > 0) << "the reception hears of it too";
    EXPECT_NE(shown->log().find("(screen_light) (light)"), std::string::npos) << shown->log();
}

TEST_F(ScreenVisitTest, WithoutAScreenItIsNotAssessedAndNotVerified) {
    const auto visit = desk->visit(number(), 4000);
    EXPECT_EQ(visit.decision, "undecided") << visit.reason;
    EXPECT_EQ(flash_of(visit), liveness::Outcome::not_assessed);
}

TEST_F(ScreenVisitTest, AScreenThatDeclinesOrIsNotSeenIsNotAssessed) {
    for (const bool declines : {true, false}) { // or: it answers, and no light of it falls on the face
        const auto shown =
            screen(declines, declines ? std::vector<std::string>{"--no-light"} : std::vector<std::string>{});
        const auto visit = desk->visit(number(), 6000);
        EXPECT_EQ(visit.decision, "undecided") << visit.reason;
        EXPECT_EQ(flash_of(visit), liveness::Outcome::not_assessed) << declines;
    }
}

TEST_F(ScreenVisitTest, AScreenThatIsLostInTheMiddleIsNotAssessed) {
    auto shown = screen(true);
    std::jthread pull([&shown] {
        eventually([&] { return shown->log().find("(light)") != std::string::npos; });
        std::this_thread::sleep_for(std::chrono::milliseconds(800));
        shown.reset();
    });
    const auto visit = desk->visit(number(), 6000);
    EXPECT_EQ(visit.decision, "undecided") << visit.reason;
    EXPECT_EQ(flash_of(visit), liveness::Outcome::not_assessed);
    desk->camera_fault("light 0 0 0");
}

// What a recording of another visit would show: here each colour's opposite.
TEST_F(ScreenVisitTest, AnotherLightThanThatOfTheScreenIsAVeto) {
    Caller view(desk->socket()), answers(desk->socket());
    view.send("org.kaomon.Screen.Attach", {}, true);
    std::jthread shows([&](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            const auto reply = view.receive(0.2);
            const auto* light = reply && reply->contains("parameters")
                                    ? reply->at("parameters").as_object().if_contains("light")
                                    : nullptr;
            if (light == nullptr)
                continue;
            const auto channel = [&](const char* name) { return 255 - light->at(name).as_int64(); };
            desk->camera_fault("light " + std::to_string(channel("red")) + ' ' +
                               std::to_string(channel("green")) + ' ' + std::to_string(channel("blue")));
            answers.call("org.kaomon.Screen.Shown",
                         {{"screen", reply->at("parameters").at("screen")}, {"step", light->at("step")}});
        }
    });
    const auto visit = desk->visit(number());
    const auto outcome = flash_of(visit);
    EXPECT_NE(visit.decision, "verified");
    EXPECT_NE(outcome, liveness::Outcome::pass);
    desk->camera_fault("light 0 0 0");
    shows.request_stop();
    shows.join();
    restart(true); // forgets the suspicion
    if (outcome == liveness::Outcome::not_assessed)
        GTEST_SKIP() << "this machine is too busy for two frames of each colour, which a veto needs";
    EXPECT_EQ(visit.reason, "flash_unanswered");
    EXPECT_EQ(outcome, liveness::Outcome::fail);
}

TEST_F(ScreenVisitTest, ThePatientKeysInTheNumberAndSeesTheOwnPicture) {
    restart(false);
    Caller screen(desk->socket()), picture(desk->socket()), answers(desk->socket()), caller(desk->socket());
    screen.send("org.kaomon.Screen.Attach", {{"no_light", true}}, true);
    const auto id = screen.receive(5)->at("parameters").at("screen");
    picture.send("org.kaomon.Screen.Preview", {{"screen", id}}, true);
    caller.send("org.kaomon.Verification.Verify", {{"nonce", "nonce-of-a-component-test"}}, true);
    json::object view;
    while (view.empty() || view.at("state") != "waiting_access_number")
        view = screen.receive(10)->at("parameters").as_object();
    EXPECT_EQ(view.at("tries_left"), 10) << "before the first digit";
    const json::object entry{{"screen", id},
                             {"idempotency_key", "press-of-the-patient"},
                             {"access_number", json::object{{"number", number()}}}};
    EXPECT_EQ(answers.call("org.kaomon.Screen.Enter", entry).at("parameters").at("repeated"), false);
    EXPECT_EQ(answers.call("org.kaomon.Screen.Enter", entry).at("parameters").at("repeated"), true);
    const auto visit = Desk::follow(caller);
    EXPECT_EQ(visit.decision, "verified") << visit.reason << desk->daemon().log();
    int pictures = 0, faces = 0;
    while (const auto frame = picture.receive(0.5)) {
        const auto& now = frame->at("parameters").as_object();
        const bool last = !now.contains("jpeg");
        if (last)
            break;
        EXPECT_TRUE(now.at("jpeg").as_string().starts_with("/9j/")) << "a JPEG";
        ++pictures;
        faces += now.contains("face") ? 1 : 0;
    }
    EXPECT_GT(pictures, 0);
    EXPECT_GT(faces, 0);
    EXPECT_EQ(desk->tries(card), 10);
}

// Paper may be lit as skin is, and that is no head's shape: presence needs one beside the light.
TEST_F(ScreenVisitTest, APrintInTheLightIsNotVerified) {
    restart(true, "[match]\npolicy = \"strict\"\n", "flat");
    {
        const auto shown = screen(true);
        const auto visit = desk->visit(number(), 13'000);
        EXPECT_NE(visit.decision, "verified") << visit.reason;
        EXPECT_NE(flash_of(visit), liveness::Outcome::fail) << "it is a live feed";
        EXPECT_TRUE(std::ranges::count(visit.hints, "screen_light") > 0);
    }
    restart(true);
}

TEST_F(ScreenVisitTest, TheOperatorTurnsItOff) {
    restart(true, "[screen]\nlight = false\n");
    {
        const auto shown = screen(true);
        const auto visit = desk->visit(number(), 4000);
        EXPECT_EQ(visit.decision, "undecided") << visit.reason;
        EXPECT_EQ(shown->log().find("(light)"), std::string::npos);
    }
    restart(true);
}

TEST_F(ScreenVisitTest, UnderNormalNobodyIsAskedForLight) {
    restart(false);
    {
        const auto shown = screen(true);
        expect_ready();
        EXPECT_EQ(shown->log().find("(light)"), std::string::npos);
    }
    restart(true);
}

} // namespace
} // namespace kaomon::test
