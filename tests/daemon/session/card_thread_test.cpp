// The card thread over a simulated reader: the PIN's method, before and after the photo record, on one tap
// and over two.
#include "daemon/session/card_thread.hpp"
#include "drivers/card/simulated/simulated_reader.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <new>
#include <thread>

namespace kaomon::session {
namespace {

using namespace visit;

using namespace std::chrono_literals;
namespace mynumber = card::mynumber;
namespace simulated = card::simulated;

class CardThreadTest : public ::testing::Test {
  protected:
    void SetUp() override { start(authorities()); }

    static mynumber::SignInTrust authorities() {
        mynumber::SignInTrust trust;
        EXPECT_TRUE(trust.add(test::issued().jpki_authority, "issuer"));
        return trust;
    }
    void start(mynumber::SignInTrust sign_in) {
        work_.reset();
        auto reader = std::make_unique<simulated::SimulatedReader>();
        reader_ = reader.get();
        CardPolicy settings;
        settings.trust = test::trust();
        settings.sign_in_trust = std::move(sign_in);
        settings.today = [this] {
            if (out_of_memory_.exchange(false))
                throw std::bad_alloc();
            while (stuck_) {
                arrived_ = true;
                std::this_thread::sleep_for(1ms);
            }
            return test::today;
        };
        settings.now = [] {
            return std::chrono::sys_days{test::today}.time_since_epoch() / std::chrono::seconds(1);
        };
        work_ = std::make_unique<CardThread>(std::move(reader), std::move(settings),
                                             [this](std::uint64_t, CardEvent event) {
                                                 const std::lock_guard lock(mutex_);
                                                 if (!std::holds_alternative<ReaderChanged>(event))
                                                     events_.push_back(std::move(event));
                                                 changed_.notify_all();
                                             });
    }
    void TearDown() override { work_.reset(); }

    void lift_and_put(const std::shared_ptr<simulated::Card>& card) {
        reader_->pull();
        reader_->insert(card);
        next<CardBack>();
    }
    std::shared_ptr<simulated::Card> put(const simulated::IssuedCard& issued) {
        auto card = std::make_shared<simulated::Card>(issued.contents);
        reader_->insert(card);
        return card;
    }
    // The next event, which must be of that kind.
    template<class T>
    T next() {
        std::unique_lock lock(mutex_);
        if (!changed_.wait_for(lock, 10s, [this] { return !events_.empty(); })) {
            ADD_FAILURE() << "nothing happens";
            return {};
        }
        CardEvent event = std::move(events_.front());
        events_.erase(events_.begin());
        if (auto* right = std::get_if<T>(&event))
            return std::move(*right);
        const auto* failed = std::get_if<CardFailed>(&event);
        const auto* refused = std::get_if<PinRefused>(&event);
        const Failure why = failed != nullptr ? failed->why : refused != nullptr ? refused->why : Failure{};
        ADD_FAILURE() << "another event: " << event.index() << " " << word(why.reason) << " " << why.detail;
        return {};
    }
    void pin(std::string_view digits, std::uint64_t idempotency_key) {
        work_->pin(mynumber::Pin::read(SecretText(digits)).value(),
                   mynumber::IdempotencyKey{idempotency_key});
    }
    static std::uint8_t pin_tries(const simulated::Card& card) {
        const auto& files = simulated::find_application(card.contents(), simulated::jpki_application)->files;
        return std::ranges::find(files, 0x0018, &simulated::File::id)->tries_left;
    }

    simulated::SimulatedReader* reader_ = nullptr;
    std::atomic<bool> out_of_memory_ = false; // once, in the middle of the card's part
    std::atomic<bool> stuck_ = false;         // there, until it is not
    std::atomic<bool> arrived_ = false;       // at where it is stuck
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<CardEvent> events_;
    std::unique_ptr<CardThread> work_;
};

TEST_F(CardThreadTest, WhatALibraryThrowsEndsTheVisitAndNotTheDaemon) {
    put(test::issued());
    out_of_memory_ = true;
    work_->begin(1);
    EXPECT_EQ(next<CardFailed>().why.reason, Reason::internal_error);
    work_->begin(2);
    next<FreeDataRead>();
    work_->access_number(test::number(test::access_number), mynumber::IdempotencyKey{1});
    EXPECT_FALSE(next<RecordRead>().genuineness.reason);
}

TEST_F(CardThreadTest, AfterThePhotoTheSameCardTakesThePinWithoutBeingReadAgain) {
    put(test::issued());
    work_->begin(1);
    const auto free_data = next<FreeDataRead>();
    EXPECT_EQ(free_data.known_by.size(), 2U) << "card information and sign-in certificate";
    EXPECT_TRUE(free_data.warnings.empty());
    work_->access_number(test::number(test::access_number), mynumber::IdempotencyKey{1});
    EXPECT_FALSE(next<RecordRead>().genuineness.reason);
    const auto before = reader_->answered();
    pin(test::pin, 2);
    const auto answered = next<PinAnswered>();
    EXPECT_EQ(answered.genuineness.signature, mynumber::Check::valid);
    EXPECT_EQ(answered.genuineness.chip, mynumber::Check::valid);
    EXPECT_FALSE(answered.genuineness.reason);
    // application, key, tries, VERIFY, signing key, signature: the driver's page lists them
    EXPECT_EQ(reader_->answered() - before, 6U);
}

TEST_F(CardThreadTest, WhatAVisitLeavesBehindInAStuckThreadIsNotTried) {
    const auto card = put(test::issued());
    stuck_ = true;
    work_->begin(1);
    while (!arrived_)
        std::this_thread::sleep_for(1ms);
    pin("9999", 1);
    work_->end(); // its deadline has passed
    stuck_ = false;
    next<FreeDataRead>();
    work_->begin(2);
    next<FreeDataRead>();
    EXPECT_EQ(pin_tries(*card), 3);
}

TEST_F(CardThreadTest, APinInsteadOfTheNumber) {
    put(test::issued());
    work_->begin(1);
    next<FreeDataRead>();
    pin(test::pin, 1);
    EXPECT_FALSE(next<PinAnswered>().genuineness.reason);
}

TEST_F(CardThreadTest, AWrongPinCostsOneTryAndAnotherActMayFollow) {
    const auto card = put(test::issued());
    work_->begin(1);
    next<FreeDataRead>();
    pin("9999", 1);
    const auto refused = next<PinRefused>();
    EXPECT_EQ(refused.why.reason, Reason::pin_wrong);
    EXPECT_EQ(refused.tries_left, 2);
    pin("9999", 1); // the same act
    EXPECT_EQ(next<PinRefused>().why.reason, Reason::idempotency_key_used);
    pin(test::pin, 2);
    EXPECT_EQ(next<PinRefused>().why.reason, Reason::card_lift_first) << "one wrong secret a tap";
    lift_and_put(card);
    pin(test::pin, 2); // no VERIFY of it was sent
    EXPECT_FALSE(next<PinAnswered>().genuineness.reason);
    pin("0000", 3);
    EXPECT_EQ(next<PinRefused>().why.reason, Reason::pin_wrong);
    lift_and_put(card);
    pin("0000", 4);
    EXPECT_EQ(next<PinRefused>().why.reason, Reason::pin_wrong);
    lift_and_put(card);
    pin(test::pin, 5);
    EXPECT_EQ(next<PinRefused>().why.reason, Reason::pin_tries_below_minimum)
        << "the last try is the holder's";
    work_.reset();
    EXPECT_EQ(pin_tries(*card), 1);
}

// A number that a person has to look for: until it comes the official program may read the card.
TEST_F(CardThreadTest, WhileAPersonIsWaitedForTheCardIsFree) {
    put(test::issued());
    work_->begin(1);
    next<FreeDataRead>();
    EXPECT_TRUE(reader_->held());
    for (int i = 0; i < 300 && reader_->held(); ++i)
        std::this_thread::sleep_for(10ms);
    EXPECT_FALSE(reader_->held());
    work_->access_number(test::number(test::access_number), mynumber::IdempotencyKey{1});
    EXPECT_FALSE(next<RecordRead>().genuineness.reason) << "it is held again, and the same";
}

TEST_F(CardThreadTest, OneWrongNumberATapWhicheverSessionItIs) {
    const auto card = put(test::issued());
    for (std::uint64_t visit = 1; visit <= 3; ++visit) {
        work_->begin(visit);
        EXPECT_EQ(next<FreeDataRead>().lift_first, visit > 1);
        work_->access_number(test::number("55021720352286"), mynumber::IdempotencyKey{visit});
        EXPECT_EQ(next<AccessNumberRefused>().why.reason,
                  visit == 1 ? Reason::access_number_wrong : Reason::card_lift_first);
        work_->end();
    }
    reader_->pull();
    reader_->insert(card);
    work_->begin(4);
    EXPECT_FALSE(next<FreeDataRead>().lift_first);
    work_->access_number(test::number(test::access_number), mynumber::IdempotencyKey{4});
    EXPECT_FALSE(next<RecordRead>().genuineness.reason);
}

TEST_F(CardThreadTest, WithoutATrustedChainNoPinIsTried) {
    start({});
    const auto card = put(test::issued());
    work_->begin(1);
    next<FreeDataRead>();
    pin("9999", 1);
    EXPECT_EQ(next<PinRefused>().why.reason, Reason::signer_unknown);
    work_.reset();
    EXPECT_EQ(pin_tries(*card), 3);
}

TEST_F(CardThreadTest, ACardWithoutPinSaysSo) {
    simulated::CardOptions options;
    options.without_sign_in = true;
    put(test::issued_with(options));
    work_->begin(1);
    EXPECT_EQ(next<FreeDataRead>().warnings.at(0).reason, Reason::sign_in_certificate_missing);
    pin("1234", 1);
    EXPECT_EQ(next<PinRefused>().why.reason, Reason::sign_in_certificate_missing);
}

TEST_F(CardThreadTest, AnotherCardInItsPlaceIsNotTried) {
    put(test::issued());
    work_->begin(1);
    next<FreeDataRead>();
    work_->access_number(test::number(test::access_number), mynumber::IdempotencyKey{1});
    next<RecordRead>();
    simulated::CardOptions other;
    other.seed = 2; // of the serial number
    const auto swapped = put(test::issued_with(other));
    EXPECT_EQ(next<CardFailed>().why.reason, Reason::card_changed);
    pin("9999", 2);
    const auto why = next<PinRefused>().why.reason;
    EXPECT_TRUE(why == Reason::card_changed || why == Reason::card_removed) << word(why);
    work_.reset();
    EXPECT_EQ(pin_tries(*swapped), 3);
}

TEST_F(CardThreadTest, TheSameCardPutDownAgainIs) {
    const auto card = put(test::issued());
    work_->begin(1);
    next<FreeDataRead>();
    work_->access_number(test::number(test::access_number), mynumber::IdempotencyKey{1});
    next<RecordRead>();
    reader_->pull(); // staff looks at it
    pin(test::pin, 2);
    EXPECT_EQ(next<PinRefused>().why.reason, Reason::card_removed);
    reader_->insert(card);
    Reason why = Reason::card_removed;
    for (std::uint64_t idempotency_key = 3; why == Reason::card_removed && idempotency_key < 1000;
         ++idempotency_key) { // until it was met again
        pin(test::pin, idempotency_key);
        std::unique_lock lock(mutex_);
        ASSERT_TRUE(changed_.wait_for(lock, 10s, [this] { return !events_.empty(); }));
        const auto* refused = std::get_if<PinRefused>(&events_.front());
        why = refused != nullptr ? refused->why.reason : Reason::pin_accepted;
        events_.clear();
    }
    EXPECT_EQ(why, Reason::pin_accepted);
}

TEST_F(CardThreadTest, ACardLiftedWhileItIsNeededComesBackAndTakesTheNextNumber) {
    for (const unsigned after : {0U, 2U, 5U, 9U}) { // before, at and behind the VERIFY
        const auto card = put(test::issued());
        work_->begin(after + 1);
        next<FreeDataRead>();
        reader_->apply({fault::Verb::pull, {}, after});
        const std::uint64_t act = 100 * (after + 1);
        work_->access_number(test::number(test::access_number), mynumber::IdempotencyKey{act});
        EXPECT_EQ(next<CardFailed>().why.reason, Reason::card_removed) << "after " << after;
        reader_->apply({fault::Verb::clear, {}, 0});
        reader_->insert(card);
        EXPECT_EQ(next<CardBack>().tries_left, 10) << "after " << after;
        work_->access_number(test::number(test::access_number), mynumber::IdempotencyKey{act + 1});
        EXPECT_FALSE(next<RecordRead>().genuineness.reason) << "after " << after;
        work_->end();
    }
}

TEST_F(CardThreadTest, AnotherCardInPlaceOfTheLiftedOneIsSaid) {
    put(test::issued());
    work_->begin(1);
    next<FreeDataRead>();
    reader_->pull();
    simulated::CardOptions other;
    other.seed = 2; // of the serial number
    put(test::issued_with(other));
    EXPECT_EQ(next<CardFailed>().why.reason, Reason::card_changed);
}

TEST_F(CardThreadTest, AFaultInThePinCostsNoSecondTry) {
    for (int after = 0; after < 6; ++after) {
        const auto card = put(test::issued());
        work_->begin(static_cast<std::uint64_t>(after) + 1);
        next<FreeDataRead>();
        reader_->apply({fault::Verb::pull, {}, static_cast<unsigned>(after)});
        pin("9999", static_cast<std::uint64_t>(after) + 100);
        const auto refused = next<PinRefused>();
        EXPECT_TRUE(refused.why.reason == Reason::card_removed || refused.why.reason == Reason::pin_wrong)
            << "after " << after << ": " << word(refused.why.reason);
        pin("9999", static_cast<std::uint64_t>(after) + 100); // a program repeats it
        next<PinRefused>();
        work_->end();
        reader_->apply({fault::Verb::clear, {}, 0});
        EXPECT_GE(pin_tries(*card), 2) << "after " << after;
    }
}

} // namespace
} // namespace kaomon::session
