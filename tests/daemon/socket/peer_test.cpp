#include "daemon/socket/peer.hpp"
#include "drivers/base/peer_name.hpp"
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
    EXPECT_EQ(peer->caller, session::Caller(getuid()));
    EXPECT_EQ(peer->pid, getpid());
    EXPECT_EQ(peer_of(-1).error().reason, Reason::socket_unusable);
}

TEST(PeerPolicy, AnEmptyListIsEveryone) {
    const PeerPolicy policy = *PeerPolicy::from({});
    EXPECT_TRUE(policy.allows(Right::verifier, 4711));
}

TEST(PeerPolicy, AListIsItsUsersAndRoot) {
    const PeerPolicy policy =
        *PeerPolicy::from({.verify_users = {"daemon", "4711"}}); // daemon: user 1 on every Debian
    EXPECT_TRUE(policy.allows(Right::verifier, 1));
    EXPECT_TRUE(policy.allows(Right::verifier, 4711));
    EXPECT_TRUE(policy.allows(Right::verifier, 0));
    EXPECT_FALSE(policy.allows(Right::verifier, 4712));
    EXPECT_TRUE(policy.allows(Right::anyone, 4712));
}

TEST(PeerPolicy, AnAdministratorIsRootOrTheDaemonItselfWhateverTheListSays) {
    for (const auto& list : {std::vector<std::string>{}, std::vector<std::string>{"4711"}}) {
        const auto policy = PeerPolicy::from({.verify_users = list});
        ASSERT_TRUE(policy);
        EXPECT_TRUE(policy->allows(Right::administrator, 0));
        EXPECT_TRUE(policy->allows(Right::administrator, geteuid()));
        EXPECT_FALSE(policy->allows(Right::administrator, 4711));
    }
}

TEST(PeerPolicy, AnUnknownUserIsAnError) {
    for (const char* name : {"no-such-user-here", "47x", "-1", ""}) {
        const auto policy = PeerPolicy::from({.verify_users = {name}});
        ASSERT_FALSE(policy) << name;
        EXPECT_EQ(policy.error().reason, Reason::config_invalid);
    }
}

TEST(PeerPolicy, AResultIsMadeForTheAudienceOfItsCaller) {
    const PeerPolicy policy = *PeerPolicy::from({.audiences = {"daemon:orca", "4711:pharmacy:2"}});
    EXPECT_EQ(policy.audience_of(1), "orca");
    EXPECT_EQ(policy.audience_of(4711), "pharmacy:2");
    EXPECT_EQ(policy.audience_of(4712), "");
    for (const auto& wrong : {std::vector<std::string>{"orca"},
                              {"daemon:"},
                              {"no-such-user-here:orca"},
                              {"daemon:two words"},
                              {"daemon:" + std::string(65, 'a')},
                              {"daemon:orca", "1:other"}})
        EXPECT_EQ(PeerPolicy::from({.audiences = wrong}).error().reason, Reason::config_invalid)
            << wrong.back();
}

TEST(PeerPolicy, AUserSpeaksForTheStaffThatIsEnteredAndForNobodyElse) {
    const PeerPolicy nobody = *PeerPolicy::from({});
    EXPECT_FALSE(nobody.speaks_for(0, "s-07")) << "root neither: who looked is what the record is for";
    const PeerPolicy policy = *PeerPolicy::from({.staff_users = {"daemon:s-07", "4711:s-08", "4711:a:b"}});
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
        const auto policy = PeerPolicy::from({.staff_users = {entry}});
        ASSERT_FALSE(policy) << entry;
        EXPECT_EQ(policy.error().reason, Reason::config_invalid);
        EXPECT_NE(policy.error().detail.find("staff_users"), std::string::npos);
    }
}

// ---- the gateway and those it speaks for ----

const Permissions with_gateway{.verify_users = {"gateway/受付1", "4711"},
                               .screen_users = {"gateway/patient"},
                               .staff_users = {"gateway/staff:s-07"},
                               .audiences = {"gateway/受付1:orca"},
                               .gateway_user = "daemon"};

TEST(PeerPolicy, APeerOfTheGatewayIsACallerOfItsOwn) {
    const PeerPolicy policy = *PeerPolicy::from(with_gateway);
    const session::Caller reception(1, "受付1"), patient(1, "patient"), staff(1, "staff");
    EXPECT_TRUE(policy.allows(Right::verifier, reception));
    EXPECT_FALSE(policy.allows(Right::verifier, patient));
    EXPECT_FALSE(policy.allows(Right::verifier, session::Caller(4711, "受付1"))) << "another user says so";
    EXPECT_TRUE(policy.allows(Right::screen, patient));
    EXPECT_FALSE(policy.allows(Right::screen, reception));
    EXPECT_FALSE(policy.allows(Right::screen, 4711));
    EXPECT_TRUE(policy.allows(Right::staff, staff));
    EXPECT_FALSE(policy.allows(Right::staff, reception));
    EXPECT_TRUE(policy.speaks_for(staff, "s-07"));
    EXPECT_EQ(policy.staff_of(staff), std::vector<std::string>{"s-07"});
    EXPECT_EQ(policy.audience_of(reception), "orca");
    EXPECT_EQ(policy.audience_of(1), "");
}

TEST(PeerPolicy, TheGatewayItselfMayOnlySayForWhomItSpeaks) {
    for (const auto& verifiers : {std::vector<std::string>{}, std::vector<std::string>{"1"}}) {
        const PeerPolicy policy = *PeerPolicy::from({.verify_users = verifiers, .gateway_user = "daemon"});
        EXPECT_TRUE(policy.allows(Right::gateway, 1));
        EXPECT_FALSE(policy.allows(Right::verifier, 1));
        EXPECT_FALSE(policy.allows(Right::gateway, session::Caller(1, "受付1"))) << "once a connection";
        EXPECT_FALSE(policy.allows(Right::gateway, 4711));
        EXPECT_FALSE(policy.allows(Right::gateway, 0)) << "root has no need to be somebody else";
    }
    EXPECT_FALSE(PeerPolicy::from({})->allows(Right::gateway, 1));
}

TEST(PeerPolicy, ADeskOnOneUsersLaptopHasAGatewayToo) {
    const PeerPolicy policy = *PeerPolicy::from({.gateway_user = std::to_string(geteuid())});
    EXPECT_TRUE(policy.allows(Right::gateway, geteuid()));
    EXPECT_TRUE(policy.allows(Right::verifier, geteuid()));
}

TEST(PeerPolicy, APeerThatClaimsRootIsNot) {
    const PeerPolicy policy = *PeerPolicy::from({.verify_users = {"4711"}});
    EXPECT_FALSE(policy.allows(Right::verifier, session::Caller(0, "x")));
    EXPECT_FALSE(policy.allows(Right::administrator, session::Caller(geteuid(), "x")));
}

TEST(PeerPolicy, AGatewayThatCannotBeIsAnError) {
    for (const Permissions& wrong : {Permissions{.gateway_user = "no-such-user-here"},
                                     {.verify_users = {"gateway/受付1"}},
                                     {.screen_users = {"gateway/"}, .gateway_user = "daemon"},
                                     {.screen_users = {"gateway/a/b"}, .gateway_user = "daemon"}})
        EXPECT_EQ(PeerPolicy::from(wrong).error().reason, Reason::config_invalid);
}

TEST(PeerName, IsPlainTextWithoutTheSignsThatListsUse) {
    for (const std::string good : {"受付1", "reception-1", "薬局 2", "a"})
        EXPECT_TRUE(is_peer_name(good)) << good;
    for (const std::string& wrong :
         {std::string(), std::string("a:b"), std::string("a,b"), std::string("a/b"), std::string("a\nb"),
          std::string("\xff"), std::string(65, 'a')})
        EXPECT_FALSE(is_peer_name(wrong)) << wrong;
}

} // namespace
} // namespace kaomon::socket
