// SIGHUP, as systemctl reload sends it: whatever is configured counts from the next visit on, and none is
// lost.
#include "tests/component/stills.hpp"
#include "tests/component/visit_fixture.hpp"

#include <sys/stat.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <thread>

namespace kaomon::test {
namespace {

struct ReloadTest : VisitTest {
    static std::filesystem::path file() { return desk->folder() / "kaomond.toml"; }
    static std::string text() {
        std::ifstream in(file());
        return {std::istreambuf_iterator<char>(in), {}};
    }
    static void configure(const std::string& what) { std::ofstream(file()) << what; }
    static std::string issuer() {
        Caller caller(desk->socket());
        return std::string(
            caller.call("org.kaomon.Device.GetInfo").at("parameters").as_object().at("issuer").as_string());
    }
    template<class Condition>
    static bool within_ten_seconds(Condition condition) {
        for (int i = 0; i < 200; ++i) {
            try {
                if (condition())
                    return true;
            } catch (const std::exception&) { // between two lives nobody listens, or says good-bye
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        return false;
    }
    static std::string with_issuer(const std::string& name) {
        std::string changed = text();
        return changed.replace(changed.find("[result]\n"), 9, "[result]\nissuer = \"" + name + "\"\n");
    }
};

TEST_F(ReloadTest, WhatIsConfiguredCountsAfterTheVisitThatRuns) {
    const pid_t before = desk->daemon().pid();
    desk->take_away();
    configure(with_issuer("another desk"));
    Caller caller(desk->socket());
    caller.send("org.kaomon.Verification.Verify",
                {{"nonce", "nonce-of-a-component-test"},
                 {"deadline_ms", 20'000},
                 {"access_number", {{"number", number()}}},
                 {"idempotency_key", "act-while-it-reloads"}},
                true);
    ASSERT_TRUE(caller.receive());
    desk->daemon().signal(SIGHUP);
    EXPECT_TRUE(within_ten_seconds(
        [] { return desk->daemon().log().find("as soon as no session runs") != std::string::npos; }));
    EXPECT_NE(issuer(), "another desk");
    desk->put(card);
    EXPECT_EQ(Desk::follow(caller).decision, "verified") << "the visit goes on";
    EXPECT_TRUE(within_ten_seconds([] { return issuer() == "another desk"; }));
    EXPECT_EQ(desk->daemon().pid(), before);
    EXPECT_TRUE(within_ten_seconds(card_present));
    expect_ready();
}

TEST_F(ReloadTest, WithAMistakeEverythingStaysAsItWas) {
    const std::string good = text(), kept = issuer();
    configure(with_issuer("a third desk") + "\n[card]\nmin_tries = 99\n");
    desk->daemon().signal(SIGHUP);
    EXPECT_TRUE(within_ten_seconds([] {
        return desk->daemon().log().find("reload: everything stays as it was: config_invalid") !=
               std::string::npos;
    }));
    EXPECT_EQ(issuer(), kept);

    configure(good);
    ASSERT_EQ(chmod(file().c_str(), 0666), 0);
    desk->daemon().signal(SIGHUP);
    EXPECT_TRUE(within_ten_seconds([] {
        return desk->daemon().log().find("chmod go-w '" + file().string() + "'") != std::string::npos;
    }));
    std::string said;
    EXPECT_EQ(run({programs() / "kaomond", "--config", file()}, &said), 78) << "nor does it start so";
    EXPECT_NE(said.find("file_mode_unsafe"), std::string::npos) << said;
    ASSERT_EQ(chmod(file().c_str(), 0644), 0);
    expect_ready();
}

TEST_F(ReloadTest, ManyOfThemAreOne) {
    for (int i = 0; i < 20; ++i)
        desk->daemon().signal(SIGHUP);
    EXPECT_TRUE(within_ten_seconds([] { return !issuer().empty() && card_present(); }));
    std::this_thread::sleep_for(std::chrono::seconds(1)); // whatever came late has its life over, too
    EXPECT_TRUE(within_ten_seconds([] { return !issuer().empty() && card_present(); }));
    expect_ready();
}

} // namespace
} // namespace kaomon::test
