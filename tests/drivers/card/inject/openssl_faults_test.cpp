// OpenSSL fails, here and there: the driver comes back with a reason or with "not genuine", never with a
// verdict it cannot stand by, a try that nobody asked for, or a crash. (A leak is AddressSanitizer's to
// find.)
#include "drivers/card/mynumber/free_data.hpp"
#include "drivers/card/mynumber/guard.hpp"
#include "drivers/card/mynumber/photo_record.hpp"
#include "drivers/card/mynumber/sign_in.hpp"
#include "drivers/card/mynumber/sign_in_trust.hpp"
#include "tests/drivers/card/inject/openssl_memory.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"
#include "tests/drivers/inject/inject.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <new>

namespace kaomon::test {
namespace {

using namespace card::mynumber;

// Before anything of OpenSSL is allocated.
const bool memory_is_ours = inject::openssl_memory();

constexpr std::int64_t now = std::chrono::sys_days{today}.time_since_epoch() / std::chrono::seconds(1);

// The card is the test's: its own OpenSSL does not fail.
class Unharmed : public card::CardTransaction {
  public:
    explicit Unharmed(card::simulated::Card& card) : held(card) {}
    Result<SecretBytes> transmit(ByteView command) override {
        const inject::Paused paused;
        return held.transmit(command);
    }
    ByteView atr() const noexcept override { return held.atr(); }
    std::size_t read_block() const noexcept override { return 2048; }
    HeldCard held;
};

struct Outcome {
    bool out_of_memory = false;
    std::optional<Failure> failure;
    int valid = 0; // checks that ended so: record, chip, chain, PIN's key
    int verifies = 0;
};

struct Trusted {
    TrustStore records = trust();
    SignInTrust sign_in;
    explicit Trusted(const std::string& authority) { EXPECT_TRUE(sign_in.add(authority, "authority")); }
};

int tries_left(const card::simulated::Card& card) {
    int sum = 0;
    for (const auto& application : card.contents().applications) {
        for (const auto& file : application.files)
            sum += file.kind == card::simulated::FileKind::secret ? file.tries_left : 0;
    }
    return sum;
}

// Both ways of one visit. Two acts: two VERIFYs at most.
Outcome visit(const Trusted& trusted, const card::simulated::Contents& contents) {
    Outcome outcome;
    const auto made = [&] { // it draws numbers of its own
        const inject::Paused paused;
        return std::make_unique<card::simulated::Card>(contents);
    }();
    card::simulated::Card& card = *made;
    Unharmed held(card);
    const auto go = [&]() -> Result<void> {
        const auto data = read_free_data(held, today);
        if (!data)
            return std::unexpected(data.error());
        const auto chain = trusted.sign_in.check(data->sign_in_certificate, now);
        outcome.valid += chain.check == Check::valid ? 1 : 0;
        const auto keyed = assemble(number(access_number), *data, today);
        if (!keyed)
            return std::unexpected(keyed.error());
        Guard guard(MinTries{6, 2});
        if (const auto opened = guard.verify(held, *keyed, IdempotencyKey{1}); !opened)
            return std::unexpected(opened.error());
        const auto record = read_photo_record(held, data->signer_certificate, trusted.records);
        if (!record)
            return std::unexpected(record.error());
        const auto chip = challenge_chip(held, *record);
        if (!chip)
            return std::unexpected(chip.error());
        outcome.valid += (chip->signature == Check::valid ? 1 : 0) + (chip->chip == Check::valid ? 1 : 0);
        if (const auto opened = guard.verify(held, Pin::read(SecretText(pin)).value(), IdempotencyKey{2});
            !opened)
            return std::unexpected(opened.error());
        const auto signs = challenge_sign_in(held, data->sign_in_certificate);
        if (!signs)
            return std::unexpected(signs.error());
        outcome.valid += *signs == Check::valid ? 1 : 0;
        return {};
    };
    try {
        if (const auto done = go(); !done)
            outcome.failure = done.error();
    } catch (const std::bad_alloc&) { // the card thread makes internal_error of it
        outcome.out_of_memory = true;
    }
    outcome.verifies = held.held.verifies;
    const inject::Paused paused;
    EXPECT_EQ(tries_left(card), tries_left(card::simulated::Card(contents))) << "a try was lost";
    EXPECT_LE(outcome.verifies, 2);
    return outcome;
}

class OpensslFaults : public testing::Test {
  protected:
    void SetUp() override {
        trusted = std::make_unique<Trusted>(card.jpki_authority);
        ASSERT_EQ(visit(*trusted, card.contents).valid, 4) << "without a fault everything is valid";
    }
    void TearDown() override {
        EXPECT_EQ(visit(*trusted, card.contents).valid, 4) << "a fault left something behind";
    }

    const card::simulated::IssuedCard& card = issued();
    std::unique_ptr<Trusted> trusted;
};
// Each call in turn, so that every branch behind one is walked.
TEST_F(OpensslFaults, EachCallOnItsOwn) {
    ASSERT_TRUE(memory_is_ours);
    std::uint64_t call = 1;
    int without_all = 0;
    for (;; ++call) {
        const auto failing = inject::Failing::only(call);
        const auto outcome = visit(*trusted, card.contents);
        if (inject::failures() == 0)
            break; // beyond the last
        without_all += outcome.valid < 4 ? 1 : 0;
        if (outcome.valid == 4 &&
            !outcome.failure) { // only the day on which the sign-in certificate ends was not read
            const std::string_view name = inject::last_failed();
            EXPECT_TRUE(name == "ASN1_TIME_to_tm" || name == "d2i_X509" || name == "RAND_bytes")
                << name << " failed, and it did not matter";
        }
        if (outcome.failure) {
            EXPECT_FALSE(word(outcome.failure->reason).empty());
        }
        ASSERT_LT(call, 1'000U);
        if (testing::Test::HasFailure())
            FAIL() << "call " << call;
    }
    std::cout << call - 1 << " calls failed, one after the other; " << without_all
              << " visits missed a check for it\n";
    EXPECT_GT(call, 50U);
    EXPECT_GT(without_all, 20);
}

TEST_F(OpensslFaults, ManyAtOnce) {
    const char* wanted = std::getenv("KAOMON_SEQUENCES");
    const unsigned long seeds = wanted != nullptr ? std::strtoul(wanted, nullptr, 10) : 150;
    std::uint64_t failed = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        const inject::Failing failing(seed, 3U << seed % 10);
        (void)visit(*trusted, card.contents);
        failed += inject::failures();
        ASSERT_FALSE(testing::Test::HasFailure()) << "seed " << seed;
    }
    std::cout << seeds << " visits, " << failed << " failed calls\n";
    EXPECT_GT(failed, seeds);
}

// The operator's folder is read at the start: a failure there is said, and no authority is taken in by half.
TEST(OpensslFaultsAtStart, TheTrustStoreIsReadOrRefused) {
    const std::string pem = issued().jpki_authority;
    for (std::uint64_t call = 1;; ++call) {
        const auto failing = inject::Failing::only(call);
        try {
            SignInTrust trust;
            const auto added = trust.add(pem, "authority.pem");
            if (inject::failures() == 0) {
                EXPECT_TRUE(added);
                break;
            }
            if (!added) {
                EXPECT_EQ(added.error().reason, Reason::trust_store_invalid);
            }
        } catch (const std::bad_alloc&) {
            EXPECT_GT(inject::failures(), 0U);
        }
        ASSERT_LT(call, 10'000U);
    }
}

} // namespace
} // namespace kaomon::test
