#include "tests/tools/kaomonctl/ctl.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

namespace kaomon {
namespace {

using ::testing::AllOf;
using testing::ctl;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Commands : ::testing::Test {
    testing::SigningDesk desk;
};

TEST_F(Commands, StatusInWords) {
    const std::string version = ctl(desk, {"--version"}).out; // of the same build
    ASSERT_THAT(version, StartsWith("kaomonctl "));
    auto ended = ctl(desk, {"status"});
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_THAT(ended.out, AllOf(HasSubstr("kaomon:test  kaomond " + version.substr(10)),
                                 HasSubstr("state     idle"), HasSubstr("SIMULATED card, camera")));
    ended = ctl(desk, {"--lang", "ja", "status"});
    EXPECT_THAT(ended.out, AllOf(HasSubstr("状態      待機中"), HasSubstr("カード    なし")));
}

TEST_F(Commands, StatusTellsFaults) {
    desk.run([](auto& at) {
        at.now.card_present = true;
        at.now.alarm = Reason::card_left;
        at.now.reader.clear();
        at.now.reader_fault = Reason::no_reader;
        at.device.warnings = {"the trust store is empty"};
    });
    const auto ended = ctl(desk, {"status"});
    EXPECT_THAT(ended.out,
                AllOf(HasSubstr("(card_left)"), HasSubstr("(no_reader)"), HasSubstr("on the reader"),
                      HasSubstr("warning   the trust store is empty")));
}

TEST_F(Commands, StatusKnowsWhatTheFirstPatientWouldMeet) {
    desk.run([](auto& at) {
        at.now.reader_fault = Reason::reader_service_down;
        at.now.troubles = {Reason::no_camera, Reason::audit_unwritable, Reason::clock_invalid,
                           Reason::signer_unknown};
        at.device.warnings = {"the trust store is empty"};
    });
    const auto ended = ctl(desk, {"--lang", "ja", "status"});
    EXPECT_THAT(ended.out, AllOf(HasSubstr("カードリーダーのサービスが動いていません"),
                                 HasSubstr("直すこと  カメラが見つかりません"),
                                 HasSubstr("直すこと  監査記録を書けません"),
                                 HasSubstr("直すこと  時計が正しくありません"),
                                 HasSubstr("直すこと  カードの署名を確かめられません（鍵が未登録）")));
    EXPECT_THAT(ended.out, ::testing::Not(HasSubstr("trust store")))
        << "English sentences are the installer's";
    EXPECT_THAT(ctl(desk, {"status", "--json"}).out, HasSubstr(R"("troubles":[{"word":"no_camera")"));
}

TEST_F(Commands, StatusAsJson) {
    const auto ended = ctl(desk, {"status", "--json"});
    EXPECT_THAT(ended.out,
                AllOf(StartsWith(R"({"info":{"issuer":"kaomon:test")"),
                      HasSubstr(R"("status":{"state":"idle")"), HasSubstr(R"("card_present":false)")));
}

TEST_F(Commands, ACameraIsShownAndAccepted) {
    camera::origin::Identity camera{"usb", "uvcvideo", "046d:082d", "", "1-2", {"MJPG 640x480"}};
    desk.run([&](auto& at) {
        at.cameras.accepted = camera;
        camera.port = "1-3";
        at.cameras.present = camera;
        at.cameras.fault = Failure{Reason::camera_changed, "port 1-2, now 1-3"};
    });
    auto ended = ctl(desk, {"camera", "show"});
    EXPECT_EQ(ended.code, 7);
    EXPECT_THAT(ended.out, AllOf(HasSubstr("accepted    046d:082d  uvcvideo  port 1-2  serial none"),
                                 HasSubstr("port 1-3"), HasSubstr("(camera_changed): port 1-2, now 1-3")));
    EXPECT_THAT(ctl(desk, {"camera", "show", "--json"}).out,
                HasSubstr(R"("fault":{"word":"camera_changed")"));
    EXPECT_EQ(ctl(desk, {"camera", "accept", "--id", "0123456789abcdef"}).code, 6);
    ended = ctl(desk, {"--lang", "ja", "camera", "accept"});
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_THAT(ended.out, AllOf(HasSubstr("登録しました"), HasSubstr("ポート 1-3")));
    EXPECT_EQ(ctl(desk, {"camera", "show"}).code, 0);
}

TEST_F(Commands, CallIsRaw) {
    auto ended = ctl(desk, {"call", "org.kaomon.Device.GetKeys"});
    EXPECT_EQ(ended.code, 0);
    EXPECT_EQ(ended.out, desk.key.jwk_set() + "\n");
    ended = ctl(desk, {"call", "--more", "org.kaomon.Verification.Verify",
                       R"({"nonce":"0123456789abcdef","access_number":{"number":"12345678901234"}})"});
    EXPECT_EQ(ended.code, 0);
    EXPECT_THAT(ended.out, AllOf(HasSubstr("waiting_card"), HasSubstr("concluded")));
    ended = ctl(desk, {"call", "org.kaomon.Device.Go"});
    EXPECT_EQ(ended.code, 6);
    EXPECT_THAT(ended.out, HasSubstr("MethodNotFound"));
    EXPECT_EQ(ctl(desk, {"call", "org.kaomon.Device.GetInfo", "[]"}).code, 3);
    EXPECT_EQ(ctl(desk, {"call", "org.kaomon.Device.GetInfo", "{"}).code, 3);
}

TEST_F(Commands, WatchTellsChangesUntilTheDaemonGoes) {
    testing::Ended ended;
    std::thread other([&] { ended = ctl(desk, {"watch"}); });
    ASSERT_TRUE(desk.eventually([](auto& at) { return !at.watchers.empty(); }));
    desk.run([](auto& at) {
        auto status = at.now;
        status.card_present = true;
        at.change(status);
    });
    desk.stop();
    other.join();
    EXPECT_EQ(ended.code, 4);
    EXPECT_THAT(ended.out, AllOf(HasSubstr("idle, no card\n"), HasSubstr("idle, card on the reader\n")));
    EXPECT_THAT(ended.err, HasSubstr("shutting_down"));
}

TEST_F(Commands, WrongUsageIsThree) {
    EXPECT_EQ(ctl(desk, {}).code, 3);
    EXPECT_EQ(ctl(desk, {"dance"}).code, 3);
    EXPECT_EQ(ctl(desk, {"verify", "--era-year", "05"}).code, 3);
    EXPECT_EQ(
        ctl(desk, {"verify", "--number-from", "-", "--era-year", "05", "--security-code-from", "-"}).code, 3);
    EXPECT_EQ(ctl(desk, {"--lang", "fr", "status"}).code, 3);
    EXPECT_EQ(ctl(desk, {"verify", "--number-from", "/no/such/file"}).code, 3);
    desk.run([](auto& at) { EXPECT_EQ(at.begun, 0); });
}

TEST_F(Commands, AWordThatMovedSaysWhere) {
    for (const char* word :
         {"choose", "network", "procure", "introduce", "certificate", "rehearse", "clinic"}) {
        const std::string now = word == std::string("clinic") ? "profile" : word;
        const auto ended = ctl(desk, {"--lang", "en", word, "--help"});
        EXPECT_EQ(ended.code, 3) << word;
        EXPECT_EQ(ended.out, "");
        EXPECT_EQ(ended.err, std::string("kaomonctl: ") + word +
                                 " has moved to kaomon-clinic: use kaomon-clinic " + now + "\n");
    }
    // with a word of today behind it, and before the language
    EXPECT_THAT(ctl(desk, {"choose", "measure", "--only", "camera", "--lang", "ja"}).err,
                HasSubstr("choose は kaomon-clinic に移りました。"));
    EXPECT_EQ(ctl(desk, {"call", "network"}).code, 6) << "it is no command there";
}

TEST_F(Commands, NoDaemonIsFour) {
    desk.stop();
    for (const char* command : {"status", "watch", "verify"}) {
        const auto ended = ctl(desk, {command});
        EXPECT_EQ(ended.code, 4) << command;
        EXPECT_THAT(ended.err, HasSubstr("cannot reach kaomond")) << command;
    }
    EXPECT_EQ(ctl(desk, {"screen", "headless"}).code, 4);
    EXPECT_THAT(ctl(desk, {"status", "--json"}).out, HasSubstr(R"({"error":"unreachable")"));
}

TEST_F(Commands, TheManualTellsEveryCommandOptionAndExitCode) {
    const std::string manual = ctl(desk, {"manual"}).out;
    for (int code = 0; code <= 8; ++code)
        EXPECT_THAT(manual, HasSubstr("\n.B " + std::to_string(code) + "\n")) << code;
    EXPECT_THAT(manual,
                AllOf(HasSubstr(".SS kaomonctl check\\-result\n"), HasSubstr("\n.BI \\-\\-number\\-from \" "),
                      HasSubstr("\n.BI \\-\\-json\n"), HasSubstr("\n.BI METHOD")));
}

TEST_F(Commands, BashCompletesCommandsOptionsAndChoices) {
    const auto completed = [](const std::string& line) {
        return testing::run_program(
                   {"/bin/bash", "-c",
                    "source <(" KAOMON_BINARY_DIR "/bin/kaomonctl completion); COMP_WORDS=(" + line +
                        "\"\"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _kaomonctl; echo \"${COMPREPLY[@]}\""})
            .out;
    };
    EXPECT_THAT(completed("kaomonctl "),
                AllOf(HasSubstr("status"), HasSubstr("check-result"), HasSubstr("--lang")));
    EXPECT_THAT(completed("kaomonctl --json verify "),
                AllOf(HasSubstr("--number-from"), ::testing::Not(HasSubstr("status"))));
    EXPECT_EQ(completed("kaomonctl --lang "), "en ja\n");
    EXPECT_THAT(completed("kaomonctl call "), HasSubstr("org.kaomon.Device.GetKeys"));
}

} // namespace
} // namespace kaomon
