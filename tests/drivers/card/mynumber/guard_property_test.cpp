// Whatever happens in whatever order, a card never loses more tries than people asked for.
//
// KAOMON_SEQUENCES says how many lives of a desk are played, each from its own seed; the last line printed
// counts what happened in them.
#include "drivers/card/mynumber/free_data.hpp"
#include "drivers/card/mynumber/guard.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <random>
#include <set>

namespace kaomon::card::mynumber {
namespace {

constexpr unsigned longest_sequence = 12; // things that happen
constexpr MinTries min_tries{6, 2};

struct Counts {
    std::uint64_t keys = 0, verifies = 0, second_verifies = 0, lost_tries = 0, faults = 0, restarts = 0,
                  swaps = 0, repeats = 0;
};

// The holder's card without what takes long to copy and is not read here.
const simulated::Contents& slim() {
    static const simulated::Contents contents = [] {
        auto whole = test::issued().contents;
        for (auto& application : whole.applications) {
            for (auto& file : application.files) {
                if (file.content.size() > 3000 || file.kind == simulated::FileKind::key)
                    file.content.resize(16);
            }
        }
        return whole;
    }();
    return contents;
}

// One whose application of the attributes does not take the number that opens the photo record.
const simulated::Contents& slim_with_another_second_number() {
    static const simulated::Contents contents = [] {
        auto other = slim();
        for (auto& application : other.applications) {
            if (application.name == simulated::text_application)
                find_file(application, current_generation.attribute_number.file)->content[13] ^= 0x01;
        }
        return other;
    }();
    return contents;
}

struct Keyed { // what a person keys in
    std::optional<AccessParts> parts;
    std::optional<std::string> pin;
};

// One desk's life with two cards of one holder.
class Desk {
  public:
    Desk(unsigned seed, Counts& counts) : random_(seed), counts_(counts) {}

    void something_happens() {
        switch (pick(14)) {
        case 0: // taken away
            held_.reset();
            break;
        case 1:
            start_again();
            break;
        case 2:
            read_free_data_again();
            break;
        case 3: // another card in its place
            held_.reset();
            current_ = 1 - current_;
            free_data_.reset();
            ++counts_.swaps;
            break;
        case 4:
        case 5: // a message comes again: from the same client, or over a new connection
            if (last_key_) {
                ++counts_.repeats;
                use(last_keyed_, *last_key_);
            }
            break;
        case 6: // a client that gives two different numbers one act
            if (last_key_) {
                ++counts_.repeats;
                use(something_keyed(), *last_key_);
            }
            break;
        case 7: // a second client repeats an act of the past
            if (!keys_.empty()) {
                ++counts_.repeats;
                use(something_keyed(), keys_[pick(static_cast<unsigned>(keys_.size()))]);
            }
            break;
        default: // somebody keys in a number or a PIN
            ++counts_.keys;
            keys_.push_back(IdempotencyKey{random_()});
            last_key_ = keys_.back();
            last_keyed_ = something_keyed();
            use(last_keyed_, *last_key_);
        }
        check();
    }

  private:
    unsigned pick(unsigned below) { return static_cast<unsigned>(random_() % below); }

    // The daemon ends and begins: all it knows of the past is the ledger.
    void start_again() {
        ++counts_.restarts;
        held_.reset();
        IdempotencyLedger ledger;
        for (const IdempotencyKey key : keys_) {
            for (const IdempotencyKey one : {key, at_second_counter(key)}) {
                if (guard_->spent(one))
                    (void)ledger.spend(one);
            }
        }
        guard_ = std::make_unique<Guard>(min_tries, std::move(ledger));
        free_data_.reset();
    }

    test::HeldCard& card_in_hand() {
        if (!held_) {
            held_ = std::make_unique<test::HeldCard>(cards_[current_]);
            // now and then the card leaves at some command, before or after it has obeyed
            if (pick(3) == 0) {
                held_->pulled_at = static_cast<int>(pick(16));
                held_->pulled_before = pick(2) == 0;
                ++counts_.faults;
            }
        }
        return *held_;
    }

    void read_free_data_again() {
        auto read = read_free_data(card_in_hand(), test::today);
        if (read) {
            free_data_ = std::move(*read);
        } else {
            held_.reset();
        }
    }

    // Read once: as much reading as there are sequences would show nothing more.
    static const FreeData& as_read_before() {
        static const FreeData data = [] {
            simulated::Card card(slim());
            test::HeldCard held(card);
            return read_free_data(held, test::today).value();
        }();
        return data;
    }

    Keyed something_keyed() {
        switch (pick(10)) {
        case 0:
            return {test::number(test::access_number), {}};
        case 1:
            return {test::parts("55", "2285"), {}};
        case 2:
            return {test::parts("54", "2285"), {}};
        case 3:
            return {test::number("55021720350000"), {}};
        case 4:
            return {test::number("55021820352285"), {}}; // stopped before the card
        case 5:
            return {test::parts("55", "0000"), {}};
        case 6:
        case 7:
            return {{}, std::string(test::pin)};
        default:
            return {{}, "0000"};
        }
    }

    void use(const Keyed& keyed, IdempotencyKey key) {
        bool taken = false;
        const auto tried = [&](const auto& secret) {
            auto& card = card_in_hand();
            const int before = card.verifies;
            const bool was_spent = guard_->spent(key);
            const auto verified = guard_->verify(card, secret, key);
            const int sent = card.verifies - before;
            taken = verified.has_value();
            ASSERT_LE(sent, 1) << "a VERIFY was repeated";
            ASSERT_FALSE(was_spent && sent > 0) << "an act had a second VERIFY";
            counts_.verifies += static_cast<unsigned>(sent);
            if (sent > 0)
                spent_keys_.insert(key.value);
            if (!verified && verified.error().reason == Reason::card_removed)
                held_.reset();
        };
        if (keyed.pin) {
            tried(Pin::read(SecretText(*keyed.pin)).value());
            return;
        }
        const auto number = assemble(*keyed.parts, free_data_ ? *free_data_ : as_read_before(), test::today);
        if (!number)
            return;
        tried(*number);
        if (held_ && pick(2) == 0)
            open_attributes(*number, pick(4) == 0 ? keys_[pick(static_cast<unsigned>(keys_.size()))] : key,
                            taken ? std::optional(key) : std::nullopt);
    }

    // Whether the card has taken the number or not, and in the name of whatever act.
    void open_attributes(const AccessNumber& number, IdempotencyKey act,
                         std::optional<IdempotencyKey> taken) {
        const int before = held_->verifies;
        const bool was_spent = guard_->spent(at_second_counter(act));
        const auto opened = guard_->verify_attributes(*held_, number, act);
        const int sent = held_->verifies - before;
        ASSERT_LE(sent, 1) << "a VERIFY was repeated";
        ASSERT_FALSE(was_spent && sent > 0) << "an act had a second VERIFY at that counter";
        ASSERT_FALSE(sent > 0 && taken != act) << "a VERIFY of a number that the card has not taken";
        counts_.second_verifies += static_cast<unsigned>(sent);
        if (sent > 0)
            second_keys_.insert(act.value);
        if (!opened && opened.error().reason == Reason::card_removed)
            held_.reset();
    }

    static const simulated::File& secret(const simulated::Card& card, const char* application,
                                         std::uint16_t id) {
        const auto& files = simulated::find_application(card.contents(), application)->files;
        return *std::ranges::find(files, id, &simulated::File::id);
    }

    void check() {
        for (std::size_t i = 0; i < cards_.size(); ++i) {
            const std::array<std::uint8_t, 3> now{
                secret(cards_[i], simulated::photo_application, access_number).tries_left,
                secret(cards_[i], simulated::jpki_application, sign_in_pin).tries_left,
                secret(cards_[i], simulated::text_application, attribute_number).tries_left};
            for (std::size_t k = 0; k < now.size(); ++k) {
                if (now[k] < tries_[i][k])
                    (k == 2 ? second_lost_ : lost_) += static_cast<std::size_t>(tries_[i][k] - now[k]);
                tries_[i][k] = now[k];
            }
            ASSERT_GE(now[0], min_tries.access_number - 1) << "below the floor";
            ASSERT_GE(now[1], min_tries.pin - 1) << "below the floor";
            ASSERT_GE(now[2], min_tries.access_number - 1) << "below the floor";
            for (const auto& application : cards_[i].contents().applications) {
                for (const auto& file : application.files) {
                    if (file.kind == simulated::FileKind::secret && file.tries_left != file.most_tries) {
                        ASSERT_TRUE(file.id == access_number || file.id == sign_in_pin ||
                                    file.id == attribute_number)
                            << application.name;
                    }
                }
            }
        }
        ASSERT_LE(lost_, spent_keys_.size()) << "tries were spent that nobody asked for";
        ASSERT_LE(second_lost_, second_keys_.size())
            << "tries of the attributes were spent that nobody asked for";
        ASSERT_LE(spent_keys_.size(), keys_.size());
        counts_.lost_tries += lost_ + second_lost_ - std::exchange(lost_counted_, lost_ + second_lost_);
    }

    static constexpr std::uint16_t access_number = 0x0012, sign_in_pin = 0x0018, attribute_number = 0x0015;

    std::mt19937_64 random_;
    Counts& counts_;
    std::array<simulated::Card, 2> cards_{simulated::Card(slim()),
                                          simulated::Card(slim_with_another_second_number())};
    std::size_t current_ = 0;
    std::unique_ptr<test::HeldCard> held_;
    std::unique_ptr<Guard> guard_ = std::make_unique<Guard>(min_tries);
    std::optional<FreeData> free_data_;
    std::vector<IdempotencyKey> keys_;
    std::optional<IdempotencyKey> last_key_;
    Keyed last_keyed_;
    std::set<std::uint64_t> spent_keys_,
        second_keys_; // had a VERIFY on the wire, at the first and second counter
    std::size_t lost_ = 0, second_lost_ = 0, lost_counted_ = 0;
    std::array<std::array<std::uint8_t, 3>, 2> tries_{{{10, 3, 10}, {10, 3, 10}}};
};

unsigned sequences() {
    const char* wanted = std::getenv("KAOMON_SEQUENCES");
    return wanted != nullptr ? static_cast<unsigned>(std::strtoul(wanted, nullptr, 10)) : 3'000;
}

TEST(GuardProperty, TriesSpentAreNeverMoreThanActsOfPeople) {
    Counts counts;
    const unsigned wanted = sequences();
    for (unsigned seed = 1; seed <= wanted; ++seed) {
        SCOPED_TRACE(seed);
        Desk desk(seed, counts);
        const unsigned length = 1 + seed % longest_sequence;
        for (unsigned i = 0; i < length; ++i) {
            desk.something_happens();
            if (::testing::Test::HasFatalFailure())
                return;
        }
    }
    std::cout << wanted << " sequences: " << counts.keys << " keys of people, " << counts.repeats
              << " repeated messages, " << counts.restarts << " restarts, " << counts.swaps
              << " swapped cards, " << counts.faults << " pulled cards; " << counts.verifies << " VERIFYs, "
              << counts.second_verifies << " more for the attributes, " << counts.lost_tries
              << " tries lost by wrong numbers, 0 without an act of a person\n";
    EXPECT_GT(counts.verifies, wanted / 2) << "nothing was tried";
    EXPECT_GT(counts.second_verifies, wanted / 20);
    EXPECT_GT(counts.lost_tries, wanted / 10);
}

} // namespace
} // namespace kaomon::card::mynumber
