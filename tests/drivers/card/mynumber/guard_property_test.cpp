// Whatever happens in whatever order, a card never loses more tries than people asked for.
#include "drivers/card/mynumber/free_data.hpp"
#include "drivers/card/mynumber/guard.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <random>

namespace kaomon::card::mynumber {
namespace {

constexpr int sequences = 20'000;
constexpr int longest_sequence = 12; // things that happen
constexpr std::uint8_t floor = 6;

// One desk's life with one card.
class Desk {
  public:
    explicit Desk(unsigned seed) : random_(seed), card_(test::issued().contents) {}

    void something_happens() {
        switch (pick(12)) {
        case 0:
            held_.reset();
            break; // taken away
        case 1:
            start_again();
            break;
        case 2:
            read_free_data_again();
            break;
        case 3: // a caller repeats itself, or another one uses its act
            if (last_act_)
                try_number(*last_act_);
            break;
        default: // somebody keys in a number
            ++acts_;
            last_act_ = ActId{random_()};
            try_number(*last_act_);
        }
        check();
    }

  private:
    unsigned pick(unsigned below) { return static_cast<unsigned>(random_() % below); }

    // The daemon ends and begins. Its callers' connections end with it, so none of their acts comes again.
    void start_again() {
        held_.reset();
        guard_ = std::make_unique<Guard>(floor);
        free_data_.reset();
        last_act_.reset();
    }

    test::HeldCard& card_in_hand() {
        if (!held_) {
            held_ = std::make_unique<test::HeldCard>(card_);
            // now and then the card leaves at some command, before or after it has obeyed
            if (pick(3) == 0)
                held_->pulled_at = static_cast<int>(pick(40));
            held_->pulled_before = pick(2) == 0;
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

    // Read once: 20,000 times as much reading would show nothing more.
    static const FreeData& as_read_before() {
        static const FreeData data = [] {
            simulated::Card card(test::issued().contents);
            test::HeldCard held(card);
            return read_free_data(held, test::today).value();
        }();
        return data;
    }

    AccessParts some_parts() {
        switch (pick(6)) {
        case 0:
            return test::number(test::access_number);
        case 1:
            return test::parts("55", "2285");
        case 2:
            return test::parts("54", "2285");
        case 3:
            return test::number("55021720350000");
        case 4:
            return test::number("55021820352285"); // stopped before the card
        default:
            return test::parts("55", "0000");
        }
    }

    void try_number(ActId act) {
        if (!free_data_)
            free_data_ = as_read_before();
        const auto number = assemble(some_parts(), *free_data_, test::today);
        if (!number)
            return;
        auto& card = card_in_hand();
        const int before = card.verifies;
        const auto verified = guard_->verify(card, *number, act);
        ASSERT_LE(card.verifies - before, 1) << "a VERIFY was repeated";
        if (!verified && verified.error().reason == Reason::card_removed)
            held_.reset();
    }

    std::uint8_t tries_left() const {
        for (const auto& application : card_.contents().applications) {
            if (application.name != simulated::photo_application)
                continue;
            for (const auto& file : application.files) {
                if (file.id == 0x0012)
                    return file.tries_left;
            }
        }
        ADD_FAILURE() << "no counter";
        return 0;
    }

    void check() {
        const std::uint8_t now = tries_left();
        if (now < tries_)
            spent_ += tries_ - now;
        tries_ = now;
        ASSERT_LE(spent_, acts_) << "tries were spent that nobody asked for";
        ASSERT_GE(now, floor - 1) << "below the floor";
    }

    std::mt19937_64 random_;
    simulated::Card card_;
    std::unique_ptr<test::HeldCard> held_;
    std::unique_ptr<Guard> guard_ = std::make_unique<Guard>(floor);
    std::optional<FreeData> free_data_;
    std::optional<ActId> last_act_;
    int acts_ = 0;
    int spent_ = 0;
    std::uint8_t tries_ = 10;
};

TEST(GuardProperty, TriesSpentAreNeverMoreThanActsOfPeople) {
    for (unsigned seed = 1; seed <= sequences; ++seed) {
        SCOPED_TRACE(seed);
        Desk desk(seed);
        const unsigned length = 1 + seed % longest_sequence;
        for (unsigned i = 0; i < length; ++i) {
            desk.something_happens();
            if (::testing::Test::HasFatalFailure())
                return;
        }
    }
}

} // namespace
} // namespace kaomon::card::mynumber
