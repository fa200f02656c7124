#include "daemon/gateway/peers.hpp"
#include "tests/daemon/gateway/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

namespace kaomon::gateway {
namespace {

using std::chrono::seconds;

constexpr Time day{seconds(1'800'000'000)};

PairedPeer peer(char digit, const std::string& name = "受付1") {
    return {
        name, Role::system, std::string(32, digit), std::string(64, digit), day, day + std::chrono::hours(24),
        false};
}

TEST(Peers, AreFoundByTheirCertificate) {
    const testing::TemporaryFolder state;
    Peers peers(state.path);
    peers.look();
    EXPECT_EQ(peers.find(std::string(32, 'a'), std::string(64, 'a'), day), nullptr);
    ASSERT_TRUE(write_peer(state.path, peer('a')));
    peers.look();
    const auto* found = peers.find(std::string(32, 'a'), std::string(64, 'a'), day);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->name, "受付1");
    EXPECT_EQ(found->role, Role::system);
    EXPECT_EQ(peers.find(std::string(32, 'a'), std::string(64, 'b'), day), nullptr)
        << "another with its serial";
    EXPECT_EQ(peers.find(std::string(32, 'a'), std::string(64, 'a'), day + std::chrono::hours(24)), nullptr);
    struct stat facts{};
    ASSERT_EQ(stat((state.path / "peers" / (std::string(32, 'a') + ".json")).c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 077U, 0U);
}

TEST(Peers, ARevokedOrRemovedOneCountsNoLonger) {
    const testing::TemporaryFolder state;
    Peers peers(state.path);
    for (int round = 0; round < 20; ++round) { // also within one tick of the file system's clock
        PairedPeer one = peer('a');
        ASSERT_TRUE(write_peer(state.path, one));
        peers.look();
        ASSERT_NE(peers.find(one.serial, one.sha256, day), nullptr);
        one.revoked = true;
        ASSERT_TRUE(write_peer(state.path, one));
        peers.look();
        ASSERT_EQ(peers.find(one.serial, one.sha256, day), nullptr) << round;
    }
    ASSERT_TRUE(write_peer(state.path, peer('b')));
    peers.look();
    ASSERT_NE(peers.find(std::string(32, 'b'), std::string(64, 'b'), day), nullptr);
    std::filesystem::remove_all(state.path / "peers");
    peers.look();
    EXPECT_EQ(peers.find(std::string(32, 'b'), std::string(64, 'b'), day), nullptr);
}

TEST(Peers, ADamagedFileIsNobody) {
    const testing::TemporaryFolder state;
    ASSERT_TRUE(write_peer(state.path, peer('a')));
    const auto folder = state.path / "peers";
    const auto put = [&](char digit, const std::string& text) {
        std::ofstream(folder / (std::string(32, digit) + ".json")) << text;
    };
    put('b', "{");
    put('c', R"({"name":"x","role":"patient"})");
    put('d', R"({"name":"patient","role":"system","serial":"dddddddddddddddddddddddddddddddd","sha256":")" +
                 std::string(64, 'd') + R"(","since":1,"until":99999999999,"revoked":false})");
    put('e', R"({"name":"x","role":"system","serial":"ffffffffffffffffffffffffffffffff","sha256":")" +
                 std::string(64, 'd') + R"(","since":1,"until":99999999999,"revoked":false})");
    put('f', std::string(100'000, ' '));
    std::ofstream(folder / "note.txt") << "x";
    const auto all = read_peers(state.path);
    ASSERT_TRUE(all);
    ASSERT_EQ(all->size(), 1U);
    EXPECT_EQ(all->front().serial, std::string(32, 'a'));
}

TEST(Peers, NamesAreThoseOfSpeakFor) {
    for (const char* name : {"a", "受付1", "desk 2", "Patient"})
        EXPECT_TRUE(may_be_paired_as(name)) << name;
    for (const char* name :
         {"", "a:b", "a/b", "a,b", "patient", "staff", "health", "a\nb", "\xff", "\xc2\x85"})
        EXPECT_FALSE(may_be_paired_as(name)) << name;
    EXPECT_TRUE(may_be_paired_as(std::string(64, 'a')));
    EXPECT_FALSE(may_be_paired_as(std::string(65, 'a')));
}

} // namespace
} // namespace kaomon::gateway
