#include "daemon/gateway/admission.hpp"

#include <gtest/gtest.h>

namespace kaomon::gateway {
namespace {

const Door here{Names::of_this_computer(8650), true};
const Door lan{Names::of_lan({"desk"}, 8651), false};
const Tokens tokens{"patients-token", "staffs-token"};

Asking page(std::string_view subprotocols) {
    Asking asking;
    asking.host = "127.0.0.1:8650";
    asking.origin = "http://127.0.0.1:8650";
    asking.subprotocols = subprotocols;
    return asking;
}

const PairedPeer paired{"受付1", Role::system, std::string(32, 'a'), std::string(64, 'b'), {}, {}, false};

TEST(Admission, ATokenSaysWhichPage) {
    const auto patient = admit(here, tokens, page("varlink, token.patients-token"));
    ASSERT_TRUE(patient);
    EXPECT_EQ(patient->peer, "patient");
    EXPECT_EQ(patient->role, Role::patient);
    EXPECT_TRUE(patient->loopback);
    EXPECT_EQ(admit(here, tokens, page("token.staffs-token, varlink"))->role, Role::staff);
    EXPECT_EQ(admit(here, tokens, page("varlink, token.other")).error(), Refusal::token_wrong);
    EXPECT_EQ(admit(here, tokens, page("varlink")).error(), Refusal::token_missing);
    EXPECT_EQ(admit(here, tokens, page("varlink, token.")).error(), Refusal::token_missing);
    EXPECT_EQ(admit(here, tokens, page("varlink,, x")).error(), Refusal::request_malformed);
    EXPECT_EQ(admit(here, Tokens{}, page("varlink, token.")).error(), Refusal::token_missing)
        << "no token is written yet";
}

TEST(Admission, HereACertificateOpensNothing) {
    Asking asking = page("varlink");
    asking.certificate = &paired;
    EXPECT_EQ(admit(here, tokens, asking).error(), Refusal::token_missing);
    asking.origin.reset();
    EXPECT_EQ(admit(here, tokens, asking).error(), Refusal::origin_foreign);
}

TEST(Admission, TheLanNeedsACertificateThatCounts) {
    Asking asking;
    asking.host = "desk:8651";
    EXPECT_EQ(admit(lan, tokens, asking).error(), Refusal::certificate_missing);
    asking.subprotocols = "varlink, token.patients-token";
    EXPECT_EQ(admit(lan, tokens, asking).error(), Refusal::certificate_missing)
        << "a token is for this computer";
    asking.certificate_shown = true;
    EXPECT_EQ(admit(lan, tokens, asking).error(), Refusal::certificate_revoked);
    asking.certificate = &paired;
    const auto visitor = admit(lan, tokens, asking);
    ASSERT_TRUE(visitor);
    EXPECT_EQ(visitor->peer, "受付1");
    EXPECT_FALSE(visitor->loopback);
    asking.origin = "https://elsewhere.example";
    EXPECT_EQ(admit(lan, tokens, asking).error(), Refusal::origin_foreign)
        << "a foreign page in a paired browser";
    asking.origin = "https://desk:8651";
    EXPECT_TRUE(admit(lan, tokens, asking));
    asking.host = "rebound:8651";
    EXPECT_EQ(admit(lan, tokens, asking).error(), Refusal::host_foreign);
    asking.one_host = false;
    EXPECT_EQ(admit(lan, tokens, asking).error(), Refusal::request_malformed);
}

TEST(Admission, APageThatTheOperatorNamedOpensAWebSocketInAPairedBrowser) {
    const Door open{Names::of_lan({"desk"}, 8651), false, {"https://reception.example"}};
    Asking asking;
    asking.host = "desk:8651";
    asking.origin = "https://reception.example";
    EXPECT_EQ(admit(open, tokens, asking).error(), Refusal::certificate_missing) << "its name is no right";
    asking.certificate = &paired;
    EXPECT_TRUE(admit(open, tokens, asking));
    for (const char* path : {"/metrics", "/pair", "/health"})
        EXPECT_EQ(check_page(open, path, asking), Refusal::origin_foreign) << path;
    for (const char* other : {"https://reception.example:8443", "http://reception.example", "null", ""}) {
        asking.origin = other;
        EXPECT_EQ(admit(open, tokens, asking).error(), Refusal::origin_foreign) << other;
    }
}

TEST(Admission, WhoeverMaySeeWhichPage) {
    Asking asking = page("");
    for (const char* path : {"/patient", "/staff", "/health", "/metrics", "/assets/a.js"})
        EXPECT_FALSE(check_page(here, path, asking)) << path;
    EXPECT_EQ(check_page(here, "/pair", asking), Refusal::not_found);
    asking = {};
    asking.host = "desk:8651";
    EXPECT_FALSE(check_page(lan, "/health", asking));
    EXPECT_FALSE(check_page(lan, "/pair", asking));
    for (const char* path : {"/patient", "/staff", "/metrics", "/assets/a.js"})
        EXPECT_EQ(check_page(lan, path, asking), Refusal::certificate_missing) << path;
    asking.certificate = &paired;
    EXPECT_EQ(check_page(lan, "/patient", asking), Refusal::this_computer_only);
    EXPECT_EQ(check_page(lan, "/staff", asking), Refusal::not_for_this_peer);
    EXPECT_FALSE(check_page(lan, "/metrics", asking));
    PairedPeer staff = paired;
    staff.role = Role::staff;
    asking.certificate = &staff;
    EXPECT_FALSE(check_page(lan, "/staff", asking));
}

} // namespace
} // namespace kaomon::gateway
