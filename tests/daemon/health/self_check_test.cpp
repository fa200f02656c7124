#include "daemon/health/self_check.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <ctime>
#include <fstream>
#include <future>

namespace kaomon::health {
namespace {

namespace fs = std::filesystem;

struct SelfCheckTest : testing::Test {
    SelfCheckTest() {
        char name[] = "/tmp/kaomon-health-XXXXXX";
        folder = mkdtemp(name);
        checks = {.records = {{folder / "audit.jsonl", Reason::audit_unwritable}},
                  .now = [this] { return now; },
                  .earliest_now = 1000,
                  .trusts_signers = true,
                  .camera = [this] { return camera; }};
    }
    ~SelfCheckTest() override { fs::remove_all(folder); }

    fs::path folder;
    std::int64_t now = std::time(nullptr);
    std::optional<Reason> camera;
    Checks checks;
};

TEST_F(SelfCheckTest, AReadyDeskHasNoTrouble) {
    EXPECT_TRUE(look(checks).empty());
    std::ofstream(folder / "audit.jsonl") << "x";
    EXPECT_TRUE(look(checks).empty());
}

TEST_F(SelfCheckTest, EachTroubleHasItsReason) {
    camera = Reason::no_camera;
    EXPECT_EQ(look(checks), std::vector{Reason::no_camera});
    camera.reset();
    checks.trusts_signers = false;
    EXPECT_EQ(look(checks), std::vector{Reason::signer_unknown});
    checks.trusts_signers = true;
    now = 999;
    EXPECT_EQ(look(checks), std::vector{Reason::clock_invalid});
}

TEST_F(SelfCheckTest, AClockBehindItsOwnRecordsIsOff) {
    std::ofstream(folder / "audit.jsonl") << "x";
    now -= 2 * 24 * 60 * 60;
    EXPECT_EQ(look(checks), std::vector{Reason::clock_invalid});
}

TEST_F(SelfCheckTest, WhatCannotTakeARecordIsSaid) {
    checks.records = {
        {folder / "gone" / "audit.jsonl", Reason::audit_unwritable},
        {"/proc/version", Reason::idempotency_ledger_unwritable}}; // no space there, for root either
    EXPECT_EQ(look(checks), (std::vector{Reason::audit_unwritable, Reason::idempotency_ledger_unwritable}));
}

TEST_F(SelfCheckTest, LooksAtOnceAndAgainAndEndsWithItsOwner) {
    std::atomic<int> told = 0;
    std::promise<void> twice;
    {
        const SelfCheck check(checks, std::chrono::milliseconds(5), [&](const std::vector<Reason>& found) {
            EXPECT_TRUE(found.empty());
            if (++told == 2)
                twice.set_value();
        });
        ASSERT_EQ(twice.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
    }
    const int after = told;
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    EXPECT_EQ(told, after);
}

} // namespace
} // namespace kaomon::health
