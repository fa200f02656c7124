#include "daemon/socket/peer.hpp"
#include "drivers/base/unique_fd.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <array>

namespace kaomon::socket {
namespace {

TEST(Peer, IsWhoTheKernelSays) {
    std::array<int, 2> ends{};
    ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
    const UniqueFd one(ends[0]), other(ends[1]);
    const auto peer = peer_of(one.get());
    ASSERT_TRUE(peer);
    EXPECT_EQ(peer->uid, getuid());
    EXPECT_EQ(peer->pid, getpid());
    EXPECT_EQ(peer_of(-1).error().reason, Reason::socket_unusable);
}

TEST(PeerPolicy, AnEmptyListIsEveryone) {
    const PeerPolicy policy = *PeerPolicy::from({}, {});
    EXPECT_TRUE(policy.allows(Right::verifier, 4711));
}

TEST(PeerPolicy, AListIsItsUsersAndRoot) {
    const PeerPolicy policy = *PeerPolicy::from({"daemon", "4711"}, {}); // daemon: user 1 on every Debian
    EXPECT_TRUE(policy.allows(Right::verifier, 1));
    EXPECT_TRUE(policy.allows(Right::verifier, 4711));
    EXPECT_TRUE(policy.allows(Right::verifier, 0));
    EXPECT_FALSE(policy.allows(Right::verifier, 4712));
    EXPECT_TRUE(policy.allows(Right::anyone, 4712));
}

TEST(PeerPolicy, AnAdministratorIsRootOrTheDaemonItselfWhateverTheListSays) {
    for (const auto& list : {std::vector<std::string>{}, std::vector<std::string>{"4711"}}) {
        const auto policy = PeerPolicy::from(list, {});
        ASSERT_TRUE(policy);
        EXPECT_TRUE(policy->allows(Right::administrator, 0));
        EXPECT_TRUE(policy->allows(Right::administrator, geteuid()));
        EXPECT_FALSE(policy->allows(Right::administrator, 4711));
    }
}

TEST(PeerPolicy, AnUnknownUserIsAnError) {
    for (const char* name : {"no-such-user-here", "47x", "-1", ""}) {
        const auto policy = PeerPolicy::from({name}, {});
        ASSERT_FALSE(policy) << name;
        EXPECT_EQ(policy.error().reason, Reason::config_invalid);
    }
}

TEST(PeerPolicy, AUserSpeaksForTheStaffThatIsEnteredAndForNobodyElse) {
    const PeerPolicy nobody = *PeerPolicy::from({}, {});
    EXPECT_FALSE(nobody.speaks_for(0, "s-07")) << "root neither: who looked is what the record is for";
    const PeerPolicy policy = *PeerPolicy::from({}, {"daemon:s-07", "4711:s-08", "4711:a:b"});
    EXPECT_TRUE(policy.speaks_for(1, "s-07"));
    EXPECT_TRUE(policy.speaks_for(4711, "s-08"));
    EXPECT_TRUE(policy.speaks_for(4711, "a:b"));
    EXPECT_FALSE(policy.speaks_for(4711, "s-07"));
    EXPECT_FALSE(policy.speaks_for(0, "s-07"));
    EXPECT_FALSE(policy.speaks_for(4711, ""));
    EXPECT_FALSE(policy.speaks_for(4711, "S-08"));
}

TEST(PeerPolicy, StaffThatIsEnteredWronglyIsAnError) {
    for (const std::string& entry : {std::string("s-07"), std::string("no-such-user-here:s-07"),
                                     std::string("4711:"), std::string(":s-07"), std::string("4711:s 07"),
                                     std::string("4711:係員"), "4711:" + std::string(65, 'x')}) {
        const auto policy = PeerPolicy::from({}, {entry});
        ASSERT_FALSE(policy) << entry;
        EXPECT_EQ(policy.error().reason, Reason::config_invalid);
        EXPECT_NE(policy.error().detail.find("staff_users"), std::string::npos);
    }
}

} // namespace
} // namespace kaomon::socket
