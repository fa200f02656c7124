// Random lives of a desk through the real pcscd: what guard_property_test.cpp plays a million times in
// process, played some hundred times with a service that is killed, a reader that is asked every 400 ms, and
// a card behind a socket.
//
// KAOMON_PCSCD_SEQUENCES says how many.
#include "drivers/card/mynumber/free_data.hpp"
#include "drivers/card/mynumber/guard.hpp"
#include "drivers/card/pcsc/pcsc_reader.hpp"
#include "tests/component/pcscd.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"
#include "tests/drivers/card/pcsc/vpcd_card.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <random>
#include <set>
#include <thread>

namespace kaomon::card::pcsc {
namespace {

using namespace mynumber;
using namespace std::chrono_literals;

unsigned sequences() {
    const char* wanted = std::getenv("KAOMON_PCSCD_SEQUENCES");
    return wanted != nullptr ? static_cast<unsigned>(std::strtoul(wanted, nullptr, 10)) : 500;
}

// One of two cards on the reader, with an answer that fails at a command of our choice. Made and asked on the
// test's thread, answering on the reader's.
class Table {
  public:
    explicit Table(std::uint16_t port) : port_(port) { put(0); }

    void put(std::size_t which) {
        pull();
        on_reader_ = std::make_unique<test::VpcdCard>(
            port_, [this, which](ByteView command) { return answer(cards_[which], command); });
        there_ = on_reader_.get();
    }
    void pull() {
        there_ = nullptr;
        on_reader_.reset();
        gone_ = false;
    }
    bool gone() const { return gone_; } // in the middle of a command: it is to be put down again
    void fail_at(int command, bool before) {
        const std::scoped_lock lock(mutex_);
        fail_at_ = command;
        before_ = before;
    }
    int verifies() {
        const std::scoped_lock lock(mutex_);
        return verifies_;
    }
    int tries() {
        const std::scoped_lock lock(mutex_);
        int sum = 0;
        for (const auto& card : cards_) {
            for (const auto& application : card.contents().applications) {
                for (const auto& file : application.files)
                    sum += file.kind == simulated::FileKind::secret ? file.tries_left : 0;
            }
        }
        return sum;
    }

  private:
    // On the reader's thread.
    SecretBytes answer(simulated::Card& card, ByteView command) {
        const std::scoped_lock lock(mutex_);
        const auto* const there = there_.load();
        if (const int resets = there != nullptr ? there->resets() : 0;
            std::exchange(resets_, resets) != resets)
            card.reset();
        if (command.size() > 5 && command[1] == 0x20)
            ++verifies_;
        const bool faulty = fail_at_ > 0 && --fail_at_ == 0;
        if (faulty && before_)
            return SecretBytes{0x6F, 0x00};
        SecretBytes told = card.answer(command);
        if (!faulty)
            return told;
        gone_ = ++faults_ % 16 == 0;
        return gone_ ? SecretBytes{} : SecretBytes{0x64, 0x00}; // the card has obeyed, and nobody hears of it
    }

    std::uint16_t port_;
    std::mutex mutex_;
    std::atomic<test::VpcdCard*> there_ = nullptr;
    std::atomic<bool> gone_ = false;
    int resets_ = 0, faults_ = 0;
    std::array<simulated::Card, 2> cards_{simulated::Card(test::issued().contents),
                                          simulated::Card(test::issued().contents)};
    int fail_at_ = 0;
    bool before_ = false;
    int verifies_ = 0;
    std::unique_ptr<test::VpcdCard> on_reader_;
};

TEST(GuardThroughPcscd, NoTryIsSpentWithoutAnAct) {
    test::Pcscd service;
    auto table = std::make_unique<Table>(service.port());
    auto reader = make_reader("");
    ReaderState state;
    unsigned acts = 0, verifies = 0, lost = 0, faults = 0, pulls = 0, kills = 0, repeats = 0;
    for (unsigned seed = 1; seed <= sequences(); ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937_64 random(seed);
        const auto one_in = [&](unsigned n) { return random() % n == 0; };
        if (seed % 20 == 1) { // new cards, or there would soon be no tries left
            table = std::make_unique<Table>(service.port());
        } else if (one_in(40)) {
            ++pulls;
            table->put(random() % 2);
        }
        const auto crash = [&] {
            ++kills;
            service.kill();
            service.start();
            table->put(random() % 2); // the virtual reader is a new one
        };
        if (one_in(120))
            crash();
        if (one_in(30))
            reader = make_reader(""); // the daemon ends and begins
        Guard guard(MinTries{6, 2});
        const int before = table->tries(), sent_before = table->verifies();
        std::set<std::uint64_t> own_acts;
        std::uint64_t key = 0;
        for (int step = 0; step < 3; ++step) {
            if (one_in(3)) {
                table->fail_at(1 + static_cast<int>(random() % 24), one_in(2));
                ++faults;
            }
            if (key == 0 || !one_in(3)) {
                key = random();
                own_acts.insert(key);
            } else {
                ++repeats; // the same message again
            }
            if (table->gone()) {
                ++pulls;
                table->put(random() % 2);
            }
            const Instant end = SteadyClock::now() + 5s;
            while (state.condition != ReaderCondition::card_present && SteadyClock::now() < end)
                state = reader->wait(state, end);
            if (one_in(200))
                crash(); // between the look and the hold
            auto held = reader->open();
            if (!held) {
                state = reader->wait(state, SteadyClock::now() + 200ms);
                continue;
            }
            const auto data = read_free_data(**held, test::today);
            const bool wrong = one_in(8);
            if (one_in(2)) {
                const auto pin = Pin::read(SecretText(wrong ? "0000" : test::pin)).value();
                (void)guard.verify(**held, pin, IdempotencyKey{key});
            } else if (data) {
                const auto number = assemble(test::number(wrong ? "55021720350000" : test::access_number),
                                             *data, test::today);
                if (number)
                    (void)guard.verify(**held, *number, IdempotencyKey{key});
            }
        }
        table->fail_at(0, false);
        const int gone = before - table->tries(), sent = table->verifies() - sent_before;
        ASSERT_LE(sent, static_cast<int>(own_acts.size())) << "more VERIFYs than acts";
        ASSERT_LE(gone, sent) << "a try went without a VERIFY";
        acts += static_cast<unsigned>(own_acts.size());
        verifies += static_cast<unsigned>(sent);
        lost += static_cast<unsigned>(std::max(gone, 0));
    }
    std::cout << sequences() << " sequences through pcscd: " << acts << " acts, " << repeats << " repeats, "
              << faults << " faults, " << pulls << " cards put down, " << kills << " crashes of the service; "
              << verifies << " VERIFYs, " << lost << " tries lost by wrong secrets, 0 without an act\n";
    EXPECT_GT(verifies, sequences() / 2);
    EXPECT_GT(lost, sequences() / 50);
}

} // namespace
} // namespace kaomon::card::pcsc
