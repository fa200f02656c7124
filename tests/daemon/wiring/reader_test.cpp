// What stands in the configuration is what the desk demands of a card.
#include "daemon/wiring/reader.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

namespace kaomon::wiring {
namespace {

struct WiringReader : testing::Test {
    void SetUp() override {
        char name[] = "/tmp/kaomon-wiring-XXXXXX";
        folder = mkdtemp(name);
        config.card.trust_store = folder / "trust.d";
        std::filesystem::create_directory(config.card.trust_store);
        config.audit.file = folder / "audit.jsonl";
    }
    void TearDown() override { std::filesystem::remove_all(folder); }
    std::filesystem::path folder;
    config::Config config;
};

TEST_F(WiringReader, MinimumTriesAndAnEmptyTrustStore) {
    config.card.min_tries = 9;
    config.card.min_pin_tries = 3;
    const auto policy = card_policy(config);
    ASSERT_TRUE(policy) << policy.error().detail;
    EXPECT_EQ(policy->min_tries.access_number, 9);
    EXPECT_EQ(policy->min_tries.pin, 3);
    EXPECT_EQ(policy->trust.size(), 0U);
}

TEST_F(WiringReader, TheLedgerLiesBesideTheAuditRecordUnlessNamed) {
    ASSERT_TRUE(card_policy(config));
    EXPECT_TRUE(std::filesystem::exists(folder / "idempotency_keys"));
    config.card.idempotency_ledger = folder / "elsewhere";
    ASSERT_TRUE(card_policy(config));
    EXPECT_TRUE(std::filesystem::exists(folder / "elsewhere"));
    config.card.idempotency_ledger = folder / "none" / "keys";
    const auto refused = card_policy(config);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, Reason::idempotency_ledger_unwritable);
}

} // namespace
} // namespace kaomon::wiring
