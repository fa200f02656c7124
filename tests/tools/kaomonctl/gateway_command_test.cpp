// kaomonctl gateway and screen open, on files of their own and without services.
#include "daemon/config/key_name.hpp"
#include "daemon/gateway/authority.hpp"
#include "tests/daemon/socket/program.hpp"
#include "tests/daemon/socket/served_desk.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>

namespace kaomon {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class GatewayCommand : public ::testing::Test {
  protected:
    GatewayCommand() {
        for (const char* name : {"state", "run"})
            std::filesystem::create_directory(folder / name);
        write_settings("");
        std::ofstream(daemons) << "# ours\n[socket]\nverify_users = []\n";
    }
    ~GatewayCommand() override { std::filesystem::remove_all(folder); }

    void write_settings(const std::string& more) const {
        std::ofstream(settings) << "port = 8659\nstate = \"" << (folder / "state").string() << "\"\nrun = \""
                                << (folder / "run").string() << "\"\n"
                                << more;
    }
    void open_lan() const {
        write_settings("lan_listen = \"192.0.2.5:8651\"\n");
        ASSERT_TRUE(gateway::Authority::open(
            folder / "state", {"192.0.2.5"},
            std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())));
    }
    testing::Ended gateway_(std::vector<std::string> arguments, bool config = true) const {
        arguments.insert(arguments.begin(), {KAOMON_BINARY_DIR "/bin/kaomonctl", "gateway"});
        arguments.insert(arguments.end(), {"--gateway-config", settings});
        if (config)
            arguments.insert(arguments.end(), {"--config", daemons});
        return testing::run_program(arguments);
    }
    testing::Ended screen(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {KAOMON_BINARY_DIR "/bin/kaomonctl", "screen", "open"});
        arguments.insert(arguments.end(), {"--gateway-config", settings});
        return testing::run_program(arguments);
    }
    static std::string text(const std::filesystem::path& file) {
        std::ifstream stream(file);
        return {std::istreambuf_iterator<char>(stream), {}};
    }

    const std::filesystem::path folder = testing::make_temporary_folder();
    const std::string settings = folder / "gateway.toml", daemons = folder / "kaomond.toml";
};

TEST_F(GatewayCommand, EnableAndDisableChangeTwoKeys) {
    const auto before = text(daemons);
    const auto enabled = gateway_({"enable", "--no-service"});
    EXPECT_EQ(enabled.code, 0) << enabled.err;
    EXPECT_THAT(enabled.out, AllOf(HasSubstr("http://127.0.0.1:8659"), HasSubstr("the LAN stays closed")));
    EXPECT_THAT(text(daemons), AllOf(HasSubstr("# ours"), HasSubstr("gateway_user = \"kaomon-gateway\""),
                                     HasSubstr("screen_users = [\"gateway/patient\"]")));
    const auto once = text(daemons);
    EXPECT_EQ(gateway_({"enable", "--no-service"}).code, 0);
    EXPECT_EQ(text(daemons), once) << "twice is once";
    EXPECT_EQ(gateway_({"disable", "--no-service"}).code, 0);
    EXPECT_THAT(text(daemons), AllOf(HasSubstr("gateway_user = \"\""), HasSubstr("screen_users = []")));
}

TEST_F(GatewayCommand, StaffOfThisComputersPageIsEntered) {
    EXPECT_EQ(gateway_({"enable", "--no-service", "--staff", "s-07", "--staff", "s-08"}).code, 0);
    EXPECT_THAT(text(daemons), HasSubstr(R"("gateway/staff:s-07", "gateway/staff:s-08")"));
}

TEST_F(GatewayCommand, StatusSaysWhatIsMissing) {
    const auto ended = gateway_({"status"});
    EXPECT_EQ(ended.code, 7);
    EXPECT_THAT(ended.out, AllOf(HasSubstr("runs                no"), HasSubstr("http://127.0.0.1:8659")));
    EXPECT_THAT(gateway_({"status", "--json"}).out, HasSubstr(R"("runs":false)"));
}

TEST_F(GatewayCommand, PairsOnlyWhereTheLanIsOpen) {
    const auto closed = gateway_({"pair", "--name", "desk"});
    EXPECT_EQ(closed.code, 3);
    EXPECT_THAT(closed.err, HasSubstr("the LAN is closed"));
    open_lan();
    const auto ended = gateway_({"pair", "--name", "受付1", "--role", "staff"});
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_THAT(ended.out, AllOf(HasSubstr("code (10 minutes, once)"), HasSubstr("SHA-256: ")));
    EXPECT_THAT(ended.out, ::testing::ContainsRegex("[0-9]{8}\n"));
    EXPECT_THAT(text(folder / "state" / "pairing.json"),
                AllOf(HasSubstr("受付1"), HasSubstr(R"("role":"staff")")));
    for (const char* name : {"", "a:b", "patient"})
        EXPECT_EQ(gateway_({"pair", "--name", name}).code, 3) << name;
    EXPECT_EQ(gateway_({"pair", "--name", "desk", "--role", "patient"}).code, 3);
}

TEST_F(GatewayCommand, PairingMayLetAPeerSpeakForStaff) {
    open_lan();
    EXPECT_EQ(
        gateway_({"pair", "--name", "受付1", "--staff", "s-07", "--staff", "s-08", "--no-service"}).code, 0);
    EXPECT_THAT(text(daemons), AllOf(HasSubstr("# ours"), HasSubstr("staff_users = [\"gateway/受付1:s-07\", "
                                                                    "\"gateway/受付1:s-08\"]")));
}

TEST_F(GatewayCommand, WhatItWritesIsTheGateways) {
    if (geteuid() != 0)
        GTEST_SKIP() << "only root writes for another user";
    open_lan();
    constexpr uid_t other = 65'534;
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all |
                                             std::filesystem::perms::others_exec |
                                             std::filesystem::perms::others_read);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "state"))
        ASSERT_EQ(chown(entry.path().c_str(), other, other), 0);
    ASSERT_EQ(chown((folder / "state").c_str(), other, other), 0);
    EXPECT_EQ(gateway_({"pair", "--name", "desk"}).code, 0);
    struct stat found{};
    ASSERT_EQ(stat((folder / "state" / "pairing.json").c_str(), &found), 0);
    EXPECT_EQ(found.st_uid, other);
    EXPECT_EQ(found.st_mode & 07777U, 0600U);
}

TEST_F(GatewayCommand, ListsAndRevokes) {
    EXPECT_THAT(gateway_({"list"}, false).out, HasSubstr("no computer is paired"));
    gateway::PairedPeer peer{"受付1",
                             gateway::Role::system,
                             std::string(32, 'a'),
                             std::string(64, 'b'),
                             gateway::Time(std::chrono::seconds(1'796'050'800)),
                             gateway::Time(std::chrono::seconds(4'000'000'000)),
                             false};
    ASSERT_TRUE(gateway::write_peer(folder / "state", peer));
    EXPECT_THAT(gateway_({"list"}, false).out, HasSubstr("受付1  system  2026-12-01"));
    EXPECT_EQ(gateway_({"revoke", "nobody"}, false).code, 3);
    EXPECT_EQ(gateway_({"revoke", "受付1"}, false).code, 0);
    EXPECT_TRUE(gateway::read_peers(folder / "state")->front().revoked);
    EXPECT_THAT(gateway_({"list"}, false).out, HasSubstr("revoked"));
    EXPECT_EQ(gateway_({"revoke", "受付1"}, false).code, 3) << "it counts no longer already";
}

TEST_F(GatewayCommand, ScreenOpenGivesTheAddress) {
    EXPECT_THAT(screen({"--print"}).err, HasSubstr("kaomonctl gateway enable"));
    std::ofstream(folder / "run" / "patient.token") << "abc-_1\n";
    EXPECT_EQ(screen({"--print"}).out, "http://127.0.0.1:8659/patient#token=abc-_1\n");
    EXPECT_THAT(screen({"--print", "--json"}).out, HasSubstr("\"url\":"));
    std::ofstream(folder / "run" / "staff.token") << "def\n";
    EXPECT_EQ(screen({"--print", "--page", "staff"}).out, "http://127.0.0.1:8659/staff#token=def\n");
}

TEST_F(GatewayCommand, TheAddressIsOnNoCommandLine) {
    std::ofstream(folder / "run" / "patient.token") << "abc-_1\n";
    std::ofstream(folder / "browser") << "#!/bin/sh\necho \"$@\"\n";
    std::filesystem::permissions(folder / "browser", std::filesystem::perms::owner_all);
    const auto ended = testing::run_program({"env", "DISPLAY=:9", "XDG_RUNTIME_DIR=" + folder.string(),
                                             KAOMON_BINARY_DIR "/bin/kaomonctl", "screen", "open",
                                             "--gateway-config", settings, "--browser", folder / "browser"});
    EXPECT_EQ(ended.out, "--kiosk file://" + (folder / "kaomon-patient.html").string() + "\n");
    EXPECT_THAT(text(folder / "kaomon-patient.html"),
                HasSubstr("url=http://127.0.0.1:8659/patient#token=abc-_1"));
    struct stat found{};
    ASSERT_EQ(stat((folder / "kaomon-patient.html").c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 077U, 0U);
}

} // namespace
} // namespace kaomon
