// The guard of the card's tries explored, not sampled: breadth-first over every order of what can happen at a
// desk, until no new state appears or the depth is reached. Real: the card's part of a visit, guard, ledger,
// simulated cards. The reader and the disk are this test's own, so that every fault can be ordered.
//
// KAOMON_EXPLORE_DEPTH says how deep (0: until nothing new appears); `tests/guard` runs it without
// sanitizers.
#include "daemon/visit/card_part.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"
#include "tests/drivers/inject/disk.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <iostream>
#include <set>
#include <unordered_set>

namespace kaomon::visit {
namespace {

namespace mynumber = card::mynumber;

constexpr card::mynumber::MinTries min_tries{8, 2}; // so that the minimum is met soon
constexpr const char* ledger_file = "idempotency_keys";

// What can happen. A key is used again when its action comes again: that is a repeated message.
enum class Act : std::uint8_t {
    number_right,
    number_wrong_1,
    number_wrong_2,
    number_wrong_3,
    pin_right,
    pin_wrong_1,
    pin_wrong_2,
    pull,
    put_first,
    put_second, // another card: a swap, where one lies there
    mute,       // and back
    tear,       // the answer to the next VERIFY is lost, and the card pulled
    disk_full,  // and back
    restart,    // a kill: nothing is said good-bye to
    next_caller // ends the visit, begins another one
};
constexpr std::size_t act_count = 15;
using Path = std::vector<Act>;

struct Seen { // by the reader, of one VERIFY
    std::uint64_t tap;
    bool pin, refused;
    int tries_before;
};

class Reader final : public card::Reader {
  public:
    struct Place {
        std::shared_ptr<card::simulated::Card> card; // empty: none
        std::uint64_t tap = 0;
        bool mute = false, tear = false, held = false;
        std::vector<Seen> verifies;
    };
    explicit Reader(std::shared_ptr<Place> at) : place_(std::move(at)) {}

    card::ReaderState wait(const card::ReaderState&, Instant) override { return state(); }
    void wake() noexcept override {}
    Result<std::unique_ptr<card::CardTransaction>> open() override {
        if (state().condition != card::ReaderCondition::card_present)
            return fail(card::reason_of(state().condition));
        return std::make_unique<Transaction>(place_);
    }
    card::ReaderState state() const {
        using enum card::ReaderCondition;
        if (!place_->card)
            return {no_card, "reader", place_->tap};
        return {place_->mute ? mute_card : card_present, "reader", place_->tap};
    }

  private:
    class Transaction final : public card::CardTransaction {
      public:
        explicit Transaction(std::shared_ptr<Place> at)
            : place_(std::move(at)), card_(place_->card), held_(*card_) {
            place_->held = true;
        }
        ~Transaction() override { place_->held = false; }
        Result<SecretBytes> transmit(ByteView command) override {
            if (place_->card != card_ || place_->mute)
                return fail(Reason::card_removed);
            const bool verify = command.size() > 5 && command[1] == 0x20;
            const int before = verify ? tries(command.size() == 9) : 0;
            auto answer = held_.transmit(command);
            if (verify) {
                const bool good = answer && answer->size() == 2 && (*answer)[0] == 0x90;
                place_->verifies.push_back({place_->tap, command.size() == 9, !good, before});
                if (std::exchange(place_->tear, false)) {
                    place_->card.reset();
                    return fail(Reason::card_removed);
                }
            }
            return answer;
        }
        ByteView atr() const noexcept override { return held_.atr(); }
        std::size_t read_block() const noexcept override { return 65536; }

      private:
        int tries(bool pin) const;

        std::shared_ptr<Place> place_;
        std::shared_ptr<card::simulated::Card> card_;
        test::HeldCard held_;
    };
    std::shared_ptr<Place> place_;
};

int tries_of(const card::simulated::Card& card, bool pin) {
    const auto* application = card::simulated::find_application(
        card.contents(), pin ? card::simulated::jpki_application : card::simulated::photo_application);
    for (const auto& file : application->files) {
        if (file.kind == card::simulated::FileKind::secret && file.content.size() == (pin ? 4U : 14U))
            return file.tries_left;
    }
    return -1;
}
int Reader::Transaction::tries(bool pin) const {
    return tries_of(*card_, pin);
}

struct Key {
    std::string_view digits;
    bool pin;
    std::uint64_t value;
};
constexpr std::array keys{Key{test::access_number, false, 1},
                          Key{"55021720352286", false, 2},
                          Key{"55021720352287", false, 3},
                          Key{"55021720352288", false, 4},
                          Key{test::pin, true, 5},
                          Key{"9998", true, 6},
                          Key{"9999", true, 7}};

std::string line_of(std::uint64_t key) {
    std::array<char, 18> line{};
    std::snprintf(line.data(), line.size(), "%016llx\n", static_cast<unsigned long long>(key));
    return line.data();
}

const card::simulated::IssuedCard& second_card() {
    static const auto issued = [] {
        card::simulated::CardOptions other;
        other.seed = 2;
        return test::issued_with(other);
    }();
    return issued;
}

class World {
  public:
    World()
        : first_(std::make_shared<card::simulated::Card>(test::issued().contents)),
          second_(std::make_shared<card::simulated::Card>(second_card().contents)) {
        start();
    }

    void happen(Act act) {
        const auto before = place_->verifies.size();
        const auto number = static_cast<std::size_t>(act);
        if (number < keys.size()) {
            use(keys[number]);
        } else {
            around(act);
        }
        meet();
        for (auto seen = before; seen < place_->verifies.size(); ++seen)
            look_at(place_->verifies[seen], number < keys.size() ? &keys[number] : nullptr, seen - before);
    }

    // All that decides what happens next, as far as it can be seen from outside.
    std::string state() const {
        std::string all;
        const auto add = [&all](auto value) { all += std::to_string(value) + ' '; };
        for (const auto& card : {first_, second_}) {
            add(tries_of(*card, false));
            add(tries_of(*card, true));
        }
        all += disk_.text(ledger_file);
        add(place_->card == first_ ? 1 : place_->card == second_ ? 2 : 0);
        for (const bool flag : {place_->mute, place_->tear, place_->held, disk_.room.has_value(),
                                wrong_taps_.contains(place_->tap), under_way_, reads_})
            add(flag);
        add(visit_card_);
        add(last_);
        return all;
    }

  private:
    void start() {
        auto ledger = mynumber::IdempotencyLedger::open(disk_.at(ledger_file));
        runs_ = ledger.has_value();
        if (!runs_)
            return;
        CardPolicy policy;
        policy.min_tries = min_tries;
        policy.trust = test::trust();
        EXPECT_TRUE(policy.sign_in_trust.add(test::issued().jpki_authority, "issuer"));
        policy.today = [] { return test::today; };
        policy.now = [] {
            return std::chrono::sys_days{test::today}.time_since_epoch() / std::chrono::seconds(1);
        };
        policy.ledger = std::move(*ledger);
        reader_ = std::make_unique<Reader>(place_);
        part_ = std::make_unique<CardPart>(*reader_, std::move(policy));
        part_->reader_changed(reader_->state());
        part_->begin();
        under_way_ = true;
        visit_card_ = 0;
        wrong_taps_.clear(); // which tap it was is in the daemon's memory; the delays are not (session)
    }

    void use(const Key& key) {
        if (!runs_)
            return;
        const CardEvent event =
            key.pin ? part_->sign_in(*mynumber::Pin::read(SecretText(key.digits)), {key.value})
                    : part_->read_record(test::number(key.digits), {key.value});
        last_ = static_cast<int>(event.index());
    }

    void around(Act act) {
        const auto put = [this](const auto& card) {
            place_->card = card;
            ++place_->tap;
        };
        switch (act) {
        case Act::pull:
            place_->card.reset();
            break;
        case Act::put_first:
            put(first_);
            break;
        case Act::put_second:
            put(second_);
            break;
        case Act::mute:
            place_->mute = !place_->mute;
            break;
        case Act::tear:
            place_->tear = true;
            break;
        case Act::disk_full:
            disk_.room = disk_.room ? std::nullopt : std::optional<std::size_t>(0);
            break;
        case Act::restart:
            part_.reset();
            reader_.reset();
            start();
            break;
        case Act::next_caller:
            if (runs_) {
                part_->end();
                part_->begin();
            }
            visit_card_ = 0;
            break;
        case Act::number_right:
        case Act::number_wrong_1:
        case Act::number_wrong_2:
        case Act::number_wrong_3:
        case Act::pin_right:
        case Act::pin_wrong_1:
        case Act::pin_wrong_2:
            break; // use()
        }
    }

    void meet() {
        if (!runs_)
            return;
        if (const auto now = reader_->state(); now != part_->reader_state())
            part_->reader_changed(now);
        if (const auto met = part_->meet_card()) {
            last_ = static_cast<int>(met->index());
            reads_ = !std::holds_alternative<CardFailed>(*met);
            if (std::holds_alternative<FreeDataRead>(*met))
                visit_card_ = place_->card == first_ ? 1 : 2;
        }
    }

    void look_at(const Seen& seen, const Key* key, std::size_t nth) {
        ASSERT_NE(key, nullptr) << "a VERIFY that nobody asked for";
        EXPECT_EQ(nth, 0U) << "one act, two VERIFYs";
        EXPECT_EQ(seen.pin, key->pin);
        EXPECT_TRUE(verified_.insert(key->value).second) << "an idempotency key had its second VERIFY";
        EXPECT_TRUE(disk_.on_disk(ledger_file, line_of(key->value)))
            << "a VERIFY that a power cut would forget";
        EXPECT_GE(seen.tries_before, seen.pin ? min_tries.pin : min_tries.access_number);
        EXPECT_FALSE(wrong_taps_.contains(seen.tap))
            << "a second secret after a wrong one, and the card not lifted";
        if (seen.refused)
            wrong_taps_.insert(seen.tap);
    }

    test::inject::Disk disk_;
    std::shared_ptr<card::simulated::Card> first_, second_;
    std::shared_ptr<Reader::Place> place_ = std::make_shared<Reader::Place>();
    std::unique_ptr<Reader> reader_;
    std::unique_ptr<CardPart> part_;
    std::set<std::uint64_t> verified_, wrong_taps_;
    bool runs_ = false, under_way_ = false, reads_ = false;
    int visit_card_ = 0, last_ = -1;
};

std::string said(const Path& path) {
    std::string all;
    for (const Act act : path)
        all += std::to_string(static_cast<int>(act)) + ' ';
    return all;
}

TEST(Exploration, NoTryIsGoneWithoutItsAct) {
    const char* wanted = std::getenv("KAOMON_EXPLORE_DEPTH");
    const std::size_t deepest = wanted != nullptr ? std::strtoul(wanted, nullptr, 10) : 4;
    std::unordered_set<std::string> known{World().state()};
    std::vector<Path> newest{{}};
    std::size_t transitions = 0, depth = 0;
    while (!newest.empty() && (deepest == 0 || depth < deepest)) {
        std::vector<Path> next;
        for (const Path& path : newest) {
            for (std::size_t act = 0; act < act_count; ++act) {
                World world;
                for (const Act before : path)
                    world.happen(before);
                world.happen(static_cast<Act>(act));
                ++transitions;
                Path longer = path;
                longer.push_back(static_cast<Act>(act));
                ASSERT_FALSE(testing::Test::HasFailure()) << "after " << said(longer);
                if (known.insert(world.state()).second)
                    next.push_back(std::move(longer));
            }
        }
        newest = std::move(next);
        ++depth;
    }
    std::cout << "depth " << depth << (newest.empty() ? ", nothing new appears" : "") << ": " << known.size()
              << " states, " << transitions << " transitions, 0 tries without their act\n";
    EXPECT_GT(known.size(), 100U);
}

} // namespace
} // namespace kaomon::visit
