#include "daemon/socket/listener.hpp"
#include "tests/daemon/socket/raw_client.hpp"
#include "tests/daemon/socket/served_desk.hpp"

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <fstream>

namespace kaomon::socket {
namespace {

using ::testing::HasSubstr;
using ::testing::Test;

struct ListenerTest : Test {
    ~ListenerTest() override { std::filesystem::remove_all(folder); }
    std::filesystem::path folder = testing::make_temporary_folder();
    std::filesystem::path path = folder / "door";
};

TEST_F(ListenerTest, TheFileHasItsModeAndGoesAtTheEnd) {
    {
        const auto listener = Listener::open(path, "");
        ASSERT_TRUE(listener) << listener.error().detail;
        struct stat seen{};
        ASSERT_EQ(stat(path.c_str(), &seen), 0);
        EXPECT_EQ(seen.st_mode, static_cast<mode_t>(S_IFSOCK | 0660));
        EXPECT_EQ(seen.st_gid, getegid());
    }
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(ListenerTest, TheGroupIsTheConfiguredOne) {
    EXPECT_EQ(Listener::open(folder / "b", "no-such-group-here").error().reason, Reason::config_invalid);
    if (geteuid() != 0)
        GTEST_SKIP() << "others than root may give a file only to groups of theirs";
    const auto listener = Listener::open(path, "daemon");
    ASSERT_TRUE(listener) << listener.error().detail;
    struct stat seen{};
    ASSERT_EQ(stat(path.c_str(), &seen), 0);
    EXPECT_EQ(seen.st_gid, gid_t{1});
}

TEST_F(ListenerTest, AFileWithoutADaemonIsReplaced) {
    {
        auto listener = Listener::open(path, "");
        ASSERT_TRUE(listener);
        std::filesystem::create_hard_link(path, folder / "kept");
    }
    std::filesystem::rename(folder / "kept", path); // as a killed daemon leaves it
    ASSERT_TRUE(std::filesystem::exists(path));
    EXPECT_TRUE(Listener::open(path, ""));
}

TEST_F(ListenerTest, ALivingDaemonKeepsItsPlace) {
    const auto first = Listener::open(path, "");
    ASSERT_TRUE(first);
    const auto second = Listener::open(path, "");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().reason, Reason::socket_unusable);
    EXPECT_THAT(second.error().detail, HasSubstr("another daemon already listens"));
    EXPECT_TRUE(std::filesystem::exists(path));
}

TEST_F(ListenerTest, WhatIsNoSocketIsNotTouched) {
    std::ofstream(path) << "a letter";
    EXPECT_THAT(Listener::open(path, "").error().detail, HasSubstr("not a socket"));
    EXPECT_EQ(std::filesystem::file_size(path), 8u);
    std::filesystem::remove(path);
    std::filesystem::create_symlink("/etc/passwd", path);
    EXPECT_THAT(Listener::open(path, "").error().detail, HasSubstr("not a socket"));
}

TEST_F(ListenerTest, BadPathsSaySo) {
    EXPECT_THAT(Listener::open(folder / "none" / "door", "").error().detail, HasSubstr("No such file"));
    EXPECT_THAT(Listener::open(folder / std::string(108, 'x'), "").error().detail, HasSubstr("107 bytes"));
    EXPECT_THAT(Listener::open("", "").error().detail, HasSubstr("path empty"));
}

TEST_F(ListenerTest, AnothersFileIsNotRemoved) {
    auto first = Listener::open(path, "");
    ASSERT_TRUE(first);
    std::filesystem::remove(path);
    const auto second = Listener::open(path, "");
    ASSERT_TRUE(second);
    first->remove_file();
    EXPECT_TRUE(std::filesystem::exists(path));
}

} // namespace
} // namespace kaomon::socket
