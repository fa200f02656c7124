// Whatever the disk under the ledger does, an idempotency key has one VERIFY at most: it fills up in the
// middle of a line, its calls fail, its power ends between two of them, and the daemon starts again.
//
// KAOMON_SEQUENCES says how many lives of a desk are played, each from its own seed.
#include "drivers/card/mynumber/guard.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"
#include "tests/drivers/inject/disk.hpp"
#include "tests/drivers/inject/inject.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>

namespace kaomon::card::mynumber {
namespace {

using test::inject::Disk;
using test::inject::Failing;

constexpr MinTries min_tries{6, 2};
constexpr const char* ledger_file = "idempotency_keys";

struct Counts {
    std::uint64_t keys = 0, verifies = 0, repeats = 0, unrecorded = 0, restarts = 0, power_cuts = 0,
                  refused_starts = 0;
};

// The photo application's key alone: what the guard asks for.
const simulated::Contents& slim() {
    static const simulated::Contents contents = [] {
        auto whole = test::issued().contents;
        for (auto& application : whole.applications) {
            for (auto& file : application.files) {
                if (file.kind != simulated::FileKind::secret)
                    file.content.resize(std::min<std::size_t>(file.content.size(), 16));
            }
        }
        return whole;
    }();
    return contents;
}

std::string line_of(IdempotencyKey key) {
    std::array<char, 18> line{};
    std::snprintf(line.data(), line.size(), "%016llx\n", static_cast<unsigned long long>(key.value));
    return line.data();
}

AccessNumber number(bool right) {
    FreeData data;
    data.card_expiry = {std::chrono::year(2035), std::chrono::February, std::chrono::day(17)};
    return assemble(test::number(right ? test::access_number : "55021720350000"), data, test::today).value();
}

// The card in hand, and whoever looks at the disk in the moment a VERIFY leaves.
class Watched : public CardTransaction {
  public:
    Watched(simulated::Card& card, const Disk& disk, IdempotencyKey key)
        : held_(card), disk_(disk), line_(line_of(key)) {}
    Result<SecretBytes> transmit(ByteView command) override {
        const int before = held_.verifies;
        auto answer = held_.transmit(command);
        if (held_.verifies != before) {
            EXPECT_TRUE(disk_.on_disk(ledger_file, line_)) << "a VERIFY left that a power cut would forget";
        }
        return answer;
    }
    ByteView atr() const noexcept override { return held_.atr(); }
    std::size_t read_block() const noexcept override { return held_.read_block(); }
    unsigned verifies() const { return static_cast<unsigned>(held_.verifies); }

  private:
    test::HeldCard held_;
    const Disk& disk_;
    std::string line_;
};

class Desk {
  public:
    Desk(unsigned seed, Counts& counts) : random_(seed), counts_(counts), disk_(seed) {
        disk_.drops_pages = pick(2) == 0;
        if (seed % 64 == 0) // a ledger that is made shorter at one of the next starts
            disk_.put(ledger_file, long_ledger());
        start();
    }

    void something_happens() {
        switch (pick(12)) {
        case 0:
            disk_.room = pick(40);
            break;
        case 1: // somebody made room
            disk_.room.reset();
            break;
        case 2:
            guard_.reset();
            start();
            break;
        case 3:
            cut_power();
            break;
        case 4:
            disk_.end_power_after(pick(9));
            break;
        case 5:
        case 6: // a message comes again
        case 7:
            if (!keys_.empty()) {
                ++counts_.repeats;
                use(pick(2) == 0 ? keys_.back() : keys_[pick(static_cast<unsigned>(keys_.size()))]);
            }
            break;
        default:
            ++counts_.keys;
            keys_.push_back(IdempotencyKey{random_()});
            use(keys_.back());
        }
        if (!disk_.has_power())
            cut_power();
    }

  private:
    unsigned pick(unsigned below) { return static_cast<unsigned>(random_() % below); }

    static std::string long_ledger() {
        std::string lines;
        for (std::uint64_t key = 0; key < 8190; ++key)
            lines += line_of({key});
        return lines;
    }

    void use(IdempotencyKey key) {
        std::optional<Failing> failing;
        if (pick(3) == 0)
            failing.emplace(random_(), 2 + pick(8));
        Watched card(card_, disk_, key);
        const auto verified = guard_->verify(card, number(pick(4) != 0), key);
        unsigned& verifies = verifies_[key.value];
        verifies += card.verifies();
        counts_.verifies += card.verifies();
        ASSERT_LE(verifies, 1U) << "a key had a second VERIFY";
        if (!verified && verified.error().reason == Reason::idempotency_ledger_unwritable) {
            ++counts_.unrecorded;
            ASSERT_EQ(card.verifies(), 0U) << "a VERIFY left without a record";
        }
    }

    void cut_power() {
        ++counts_.power_cuts;
        guard_.reset();
        disk_.start_again();
        start();
    }

    // systemd starts the daemon again until it can work; somebody looks after the disk meanwhile.
    void start() {
        ++counts_.restarts;
        for (unsigned attempt = 0;; ++attempt) {
            std::optional<Failing> failing;
            if (attempt == 0 && pick(3) == 0) {
                failing.emplace(random_(), 2 + pick(8));
            } else if (attempt > 0) {
                disk_.room.reset();
            }
            auto ledger = IdempotencyLedger::open(disk_.at(ledger_file));
            if (ledger) {
                guard_ = std::make_unique<Guard>(min_tries, std::move(*ledger));
                break;
            }
            ++counts_.refused_starts;
            ASSERT_TRUE(attempt == 0 || !disk_.has_power()) << ledger.error().detail;
            if (!disk_.has_power())
                disk_.start_again();
        }
        for (const auto& [key, verifies] : verifies_)
            ASSERT_TRUE(verifies == 0 || guard_->spent({key})) << "a VERIFY is forgotten";
    }

    std::mt19937_64 random_;
    Counts& counts_;
    Disk disk_;
    simulated::Card card_{slim()};
    std::unique_ptr<Guard> guard_;
    std::vector<IdempotencyKey> keys_;
    std::map<std::uint64_t, unsigned> verifies_; // of each key, on the wire
};

unsigned sequences() {
    const char* wanted = std::getenv("KAOMON_SEQUENCES");
    return wanted != nullptr ? static_cast<unsigned>(std::strtoul(wanted, nullptr, 10)) : 300;
}

TEST(GuardDiskProperty, AKeyHasOneVerifyWhateverTheDiskDoes) {
    Counts counts;
    for (unsigned seed = 1; seed <= sequences(); ++seed) {
        SCOPED_TRACE(seed);
        Desk desk(seed, counts);
        for (unsigned i = 0; i < 20; ++i) {
            desk.something_happens();
            if (::testing::Test::HasFailure())
                return;
        }
    }
    std::cout << sequences() << " sequences: " << counts.keys << " keys, " << counts.repeats
              << " repeated messages, " << counts.verifies << " VERIFYs, " << counts.unrecorded
              << " not sent because they could not be recorded, " << counts.power_cuts << " power cuts, "
              << counts.restarts << " starts and " << counts.refused_starts
              << " refused ones, 0 second VERIFYs\n";
    EXPECT_GT(counts.verifies, sequences());
    EXPECT_GT(counts.unrecorded, sequences() / 2);
    EXPECT_GT(counts.power_cuts, sequences());
    EXPECT_GT(counts.refused_starts, sequences() / 10);
}

// Half a line on a full disk, to which the next one was glued, so that it was no line after a restart: the
// same key could spend a second try.
TEST(GuardDisk, AFullDiskAndARestartCostNoSecondTry) {
    Disk disk;
    simulated::Card card(slim());
    std::optional<Guard> guard;
    const auto start = [&] {
        guard.reset();
        guard.emplace(min_tries, IdempotencyLedger::open(disk.at(ledger_file)).value());
    };
    const auto use = [&](IdempotencyKey key) {
        Watched held(card, disk, key);
        const auto verified = guard->verify(held, number(false), key);
        return std::pair(verified.error().reason, guard->tries_left());
    };
    start();
    disk.room = 9;
    EXPECT_EQ(use({1}).first, Reason::idempotency_ledger_unwritable);
    disk.room.reset();
    EXPECT_EQ(use({2}), (std::pair(Reason::access_number_wrong, std::optional<std::uint8_t>(9))));
    start();
    EXPECT_EQ(use({2}).first, Reason::idempotency_key_used);
    EXPECT_EQ(use({3}), (std::pair(Reason::access_number_wrong, std::optional<std::uint8_t>(8))))
        << "9 were left";
    EXPECT_EQ(disk.text(ledger_file), line_of({2}) + line_of({3}));
}

TEST(GuardDisk, AfterAFailedSyncNoVerifyLeavesUntilTheLedgerIsOpenedAgain) {
    Disk disk;
    simulated::Card card(slim());
    std::optional<Guard> guard(std::in_place, min_tries,
                               IdempotencyLedger::open(disk.at(ledger_file)).value());
    const auto use = [&](IdempotencyKey key) {
        Watched held(card, disk, key);
        const auto verified = guard->verify(held, number(true), key);
        EXPECT_EQ(held.verifies(), verified ? 1U : 0U);
        return verified.has_value();
    };
    disk.script("fdatasync", {{.error = EIO}});
    EXPECT_FALSE(use({1}));
    EXPECT_FALSE(use({2})) << "the pages may be gone, and the next sync would say that all is well";
    guard.reset();
    guard.emplace(min_tries, IdempotencyLedger::open(disk.at(ledger_file)).value());
    EXPECT_TRUE(use({3}));
}

} // namespace
} // namespace kaomon::card::mynumber
