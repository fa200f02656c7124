#include "tests/tools/kaomonctl/ctl.hpp"

#include <gmock/gmock.h>

#include <fstream>

namespace kaomon {
namespace {

using ::testing::AllOf;
using testing::ctl;
using ::testing::HasSubstr;

struct CheckResult : ::testing::Test {
    CheckResult() {
        std::ofstream(keys) << desk.key.jwk_set();
        said = desk.claims;
        said.nonce = "0123456789abcdef";
        said.jti = "session-1";
        said.iat = std::time(nullptr);
        said.exp = said.iat + 300;
    }
    testing::SigningDesk desk;
    std::string keys = desk.folder() / "keys.json";
    result::Claims said;
};

TEST_F(CheckResult, TakesKeysFromTheDaemonOrAFile) {
    const std::string jws = desk.key.sign(said);
    const auto ended = ctl(desk, {"check-result", jws, "--any-nonce", "--allow-simulated"});
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_THAT(ended.out, AllOf(HasSubstr("VERIFIED"), HasSubstr("SIMULATED")));
    desk.stop();
    EXPECT_EQ(ctl(desk, {"check-result", jws, "--any-nonce", "--allow-simulated"}).code, 4);
    EXPECT_EQ(ctl(desk, {"check-result", "-", "--keys", keys, "--nonce", said.nonce, "--allow-simulated"},
                  jws + "\n")
                  .code,
              0);
    EXPECT_THAT(ctl(desk, {"check-result", jws, "--keys", keys, "--any-nonce", "--json"}).out,
                HasSubstr(R"("signature":"valid","claims":{"iss")"));
}

// 0 means: act on it. A simulated part, and a result that may be an old one, must be allowed by name.
TEST_F(CheckResult, NothingIsActedOnThatProvesNothing) {
    const std::string jws = desk.key.sign(said);
    auto ended = ctl(desk, {"check-result", jws, "--keys", keys, "--nonce", said.nonce});
    EXPECT_EQ(ended.code, 5);
    EXPECT_THAT(ended.out, HasSubstr("SIMULATED"));
    ended = ctl(desk, {"check-result", jws, "--keys", keys});
    EXPECT_EQ(ended.code, 3);
    EXPECT_THAT(ended.err, HasSubstr("--any-nonce"));
    said.simulated.clear();
    EXPECT_EQ(ctl(desk, {"check-result", desk.key.sign(said), "--keys", keys, "--nonce", said.nonce}).code,
              0);
}

TEST_F(CheckResult, TheCodeIsTheDecision) {
    said.decision = match::Decision::not_verified;
    said.reason = "no_match";
    EXPECT_EQ(
        ctl(desk, {"check-result", desk.key.sign(said), "--keys", keys, "--any-nonce", "--allow-simulated"})
            .code,
        1);
    said.decision = match::Decision::undecided;
    said.reason = "timeout";
    EXPECT_EQ(
        ctl(desk, {"check-result", desk.key.sign(said), "--keys", keys, "--any-nonce", "--allow-simulated"})
            .code,
        2);
}

TEST_F(CheckResult, WhatDoesNotFitIsFive) {
    const std::string jws = desk.key.sign(said);
    const auto check = [&](const std::string& text, const std::string& nonce = "0123456789abcdef") {
        return ctl(desk, {"check-result", text, "--keys", keys, "--nonce", nonce, "--allow-simulated"}).code;
    };
    EXPECT_EQ(check(jws), 0);
    EXPECT_EQ(check(jws, "another nonce 00"), 5);
    EXPECT_EQ(check("x"), 5);
    EXPECT_EQ(check(""), 5);
    std::string bent = jws;
    bent[bent.size() - 10] = bent[bent.size() - 10] == 'A' ? 'B' : 'A';
    EXPECT_EQ(check(bent), 5);
    said.iat -= 10'000;
    said.exp -= 10'000;
    EXPECT_EQ(check(desk.key.sign(said)), 5);
    EXPECT_THAT(ctl(desk, {"check-result", bent, "--keys", keys, "--any-nonce", "--json"}).out,
                HasSubstr(R"({"signature":"invalid","detail":)"));
    EXPECT_EQ(ctl(desk, {"check-result", jws, "--keys", "/no/such/file", "--any-nonce"}).code, 3);
}

} // namespace
} // namespace kaomon
