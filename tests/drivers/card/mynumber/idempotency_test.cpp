#include "drivers/card/mynumber/idempotency.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>

namespace kaomon::card::mynumber {
namespace {

class ActLedgerTest : public ::testing::Test {
  protected:
    ActLedgerTest() {
        char name[] = "/tmp/kaomon-acts-XXXXXX";
        folder_ = mkdtemp(name);
        file_ = folder_ / "acts";
    }
    ~ActLedgerTest() override { std::filesystem::remove_all(folder_); }
    void write(const std::string& text) const { std::ofstream(file_) << text; }
    std::string text() const {
        std::ifstream file(file_);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    std::filesystem::path folder_, file_;
};

TEST(ActNamed, TellsOwnersAndNamesApart) {
    EXPECT_EQ(idempotency_key_of("1000", "a"), idempotency_key_of("1000", "a"));
    EXPECT_NE(idempotency_key_of("1000", "a"), idempotency_key_of("1000", "b"));
    EXPECT_NE(idempotency_key_of("1000", "a"), idempotency_key_of("1001", "a"));
    EXPECT_NE(idempotency_key_of("10", "00a"), idempotency_key_of("1000", "a"));
}

TEST_F(ActLedgerTest, OutlivesItsProcess) {
    {
        auto ledger = IdempotencyLedger::open(file_);
        ASSERT_TRUE(ledger) << ledger.error().detail;
        EXPECT_FALSE(ledger->spent(IdempotencyKey{7}));
        ASSERT_TRUE(ledger->spend(IdempotencyKey{7}));
        EXPECT_TRUE(ledger->spent(IdempotencyKey{7}));
        EXPECT_EQ(text(), "0000000000000007\n") << "on disk before the VERIFY leaves";
    }
    const auto again = IdempotencyLedger::open(file_);
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->spent(IdempotencyKey{7}));
    EXPECT_FALSE(again->spent(IdempotencyKey{8}));
    struct stat status{};
    ASSERT_EQ(stat(file_.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(ActLedgerTest, HasOneWriter) {
    const auto first = IdempotencyLedger::open(file_);
    ASSERT_TRUE(first);
    const auto second = IdempotencyLedger::open(file_);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().reason, Reason::idempotency_ledger_unwritable);
}

TEST_F(ActLedgerTest, HalfALineIsCutOffAndOtherLinesArePassedOver) {
    write("0000000000000001\nnonsense\n00000000000000zz\n0000000000000002\n00000000000");
    auto ledger = IdempotencyLedger::open(file_);
    ASSERT_TRUE(ledger) << ledger.error().detail;
    EXPECT_TRUE(ledger->spent(IdempotencyKey{1}));
    EXPECT_TRUE(ledger->spent(IdempotencyKey{2}));
    ASSERT_TRUE(ledger->spend(IdempotencyKey{3}));
    EXPECT_TRUE(text().ends_with("0000000000000002\n0000000000000003\n")) << text();
}

// As an earlier version left it after a full disk.
TEST_F(ActLedgerTest, AKeyGluedToHalfALineCounts) {
    write("0000000000000001\n000000000000000000000007\n0000000000000002\n");
    const auto ledger = IdempotencyLedger::open(file_);
    ASSERT_TRUE(ledger) << ledger.error().detail;
    for (const std::uint64_t key : {1U, 7U, 2U})
        EXPECT_TRUE(ledger->spent(IdempotencyKey{key})) << key;
}

TEST_F(ActLedgerTest, KeepsTheLatest) {
    std::string lines;
    for (int i = 0; i < 10'000; ++i) {
        std::array<char, 18> line{};
        std::snprintf(line.data(), line.size(), "%016x\n", static_cast<unsigned>(i));
        lines += line.data();
    }
    write(lines);
    auto ledger = IdempotencyLedger::open(file_);
    ASSERT_TRUE(ledger);
    EXPECT_TRUE(ledger->spent(IdempotencyKey{9'999}));
    EXPECT_TRUE(ledger->spent(IdempotencyKey{10'000 - 4096}));
    EXPECT_FALSE(ledger->spent(IdempotencyKey{10'000 - 4097}));
    ASSERT_TRUE(ledger->spend(IdempotencyKey{77'777}));
    EXPECT_EQ(text().size(), (4096 + 1) * 17U);
    EXPECT_FALSE(IdempotencyLedger::open(file_)) << "the shorter one is held too";
}

TEST_F(ActLedgerTest, WhatCannotBeWrittenIsSaid) {
    EXPECT_EQ(IdempotencyLedger::open(folder_ / "none" / "acts").error().reason,
              Reason::idempotency_ledger_unwritable);
    EXPECT_EQ(IdempotencyLedger::open(folder_).error().reason, Reason::idempotency_ledger_unwritable);
    std::filesystem::create_symlink("/dev/full", folder_ / "link");
    EXPECT_EQ(IdempotencyLedger::open(folder_ / "link").error().reason,
              Reason::idempotency_ledger_unwritable);
}

} // namespace
} // namespace kaomon::card::mynumber
