#include "daemon/session/card_work.hpp"

#include "daemon/session/methods.hpp"
#include "drivers/base/log.hpp"
#include "drivers/base/stack.hpp"
#include "drivers/card/mynumber/free_data.hpp"
#include "drivers/card/mynumber/sign_in.hpp"

#include <deque>
#include <exception>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace kaomon::session {
namespace {

namespace mynumber = card::mynumber;

constexpr std::chrono::seconds longest_wait{60}; // the reader is asked again at the latest

struct Begin {
    std::uint64_t visit;
};
struct NumberOrder {
    mynumber::AccessParts parts;
    mynumber::IdempotencyKey idempotency_key;
};
struct PinOrder {
    mynumber::Pin pin;
    mynumber::IdempotencyKey idempotency_key;
};
struct End {};
using Order = std::variant<Begin, NumberOrder, PinOrder, End>;

} // namespace

struct CardWork::Thread {
    Thread(std::unique_ptr<card::Reader> reader, Settings settings, CardEventSink sink)
        : reader_(std::move(reader)), settings_(std::move(settings)), sink_(std::move(sink)),
          guard_(settings_.min_tries, std::move(settings_.ledger)),
          thread_([this](const std::stop_token& stop) { run(stop); }) {}

    ~Thread() {
        thread_.request_stop();
        reader_->wake();
    }

    void order(Order what) {
        {
            const std::lock_guard lock(mutex_);
            orders_.push_back(std::move(what));
        }
        reader_->wake();
    }

  private:
    void run(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            const card::ReaderState now = reader_->wait(state_, SteadyClock::now() + longest_wait);
            if (now != state_)
                reader_changed(now);
            try {
                for (Order& next : take())
                    carry_out(std::move(next));
                if (visiting_ && !card_ && state_.condition == card::ReaderCondition::card_present &&
                    state_.tap != met_tap_) {
                    meet_card();
                }
            } catch (const std::exception& fault) { // OpenSSL without memory
                failed({Reason::internal_error, fault.what()});
            }
            if (!visiting_)
                wipe_stack(); // what was read and sent passed through it
        }
    }

    void reader_changed(const card::ReaderState& now) {
        const bool same_card = now.tap == state_.tap && now.condition == card::ReaderCondition::card_present;
        state_ = now;
        if (!same_card) {
            swapped_ = swapped_ || card_; // while a number was waited for
            card_.reset();
            free_data_.reset();
        }
        sink_(visit_, ReaderChanged{now});
    }

    std::deque<Order> take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(orders_, {});
    }

    void carry_out(Order what) {
        if (const auto* begin = std::get_if<Begin>(&what)) {
            visit_ = begin->visit;
            visiting_ = true;
            met_tap_ = 0;
            swapped_ = false;
            mark_.reset();
            free_data_.reset();
            sink_(visit_, ReaderChanged{state_});
        } else if (auto* access_number = std::get_if<NumberOrder>(&what)) {
            if (visiting_ && card_)
                read_record(access_number->parts, access_number->idempotency_key);
            else if (visiting_)
                failed({Reason::card_removed, "the card was taken away before its number came"});
        } else if (auto* pin = std::get_if<PinOrder>(&what)) {
            if (visiting_)
                sign_in(pin->pin, pin->idempotency_key);
        } else {
            visiting_ = false;
            card_.reset();
            free_data_.reset();
        }
    }

    // Free data of the card that is there; the transaction stays open for the number. A card that comes back
    // in the same visit is met again in silence: a PIN may still follow, if it is the same one.
    void meet_card() {
        met_tap_ = state_.tap; // one meeting a tap: the person puts the card down again for another
        const bool again = mark_.has_value();
        auto opened = reader_->open();
        if (!opened)
            return failed(opened.error());
        card_ = std::move(*opened);
        auto free_data = mynumber::read_free_data(*card_, settings_.today());
        if (!free_data)
            return failed(free_data.error());
        free_data_ = std::move(*free_data);
        if (again && swapped_) { // faster than the reader tells: the card thread alone has seen it
            swapped_ = false;
            return failed(free_data_->mark == mark_
                              ? Failure{Reason::card_removed, "the card was lifted before its number came"}
                              : Failure{Reason::card_changed, "another card lies there than at the start"});
        }
        if (again) {
            card_.reset();
            return;
        }
        mark_ = free_data_->mark;
        sink_(visit_, FreeDataRead{free_data_->tries_left,
                                   mynumber::hierarchy_named_by(free_data_->signer_certificate), mark_,
                                   mynumber::warnings_of(*free_data_, settings_.today())});
    }

    void read_record(const mynumber::AccessParts& parts, mynumber::IdempotencyKey idempotency_key) {
        const auto number = mynumber::assemble(parts, *free_data_, settings_.today());
        if (!number)
            return refused(number.error(), free_data_->tries_left);
        if (const auto verified = guard_.verify(*card_, *number, idempotency_key); !verified) {
            return refused(verified.error(), guard_.tries_left());
        }
        auto record =
            mynumber::read_photo_record(*card_, free_data_->signer_certificate, settings_.trust,
                                        {free_data_->generation, free_data_->card_expiry, number->digits()});
        if (!record)
            return failed(record.error());
        const auto genuineness = mynumber::challenge_chip(*card_, *record);
        if (!genuineness)
            return failed(genuineness.error());
        card_.reset(); // nothing more is asked of it: reset now, not at the end of the visit
        sink_(visit_, RecordRead{std::move(record->photo), *genuineness});
    }

    // The certificate first, which costs nothing; then one VERIFY, then our nonce.
    void sign_in(const mynumber::Pin& pin, mynumber::IdempotencyKey idempotency_key) {
        if (guard_.spent(idempotency_key))
            return pin_refused({Reason::idempotency_key_used, {}}, {});
        if (!free_data_)
            return pin_refused({Reason::card_removed, "the card of this visit is not there any more"}, {});
        if (free_data_->mark != mark_)
            return pin_refused({Reason::card_changed, "another card than this visit's"}, {});
        const auto& certificate = free_data_->sign_in_certificate;
        const auto chain = settings_.sign_in_trust.check(certificate, settings_.now());
        mynumber::Genuineness found{chain.check, mynumber::Check::not_checked,
                                    mynumber::hierarchy_named_by(free_data_->signer_certificate),
                                    chain.reason};
        if (chain.check == mynumber::Check::invalid)
            return sink_(visit_, PinAnswered{found});
        if (chain.reason)
            return pin_refused({*chain.reason, "no PIN is tried with this certificate"}, {});
        if (const auto held = hold_again(); !held)
            return pin_refused(held.error(), {});
        if (const auto verified = guard_.verify(*card_, pin, idempotency_key, *free_data_->generation);
            !verified)
            return pin_refused(verified.error(), guard_.tries_left());
        const auto signs = mynumber::challenge_sign_in(*card_, certificate, *free_data_->generation);
        if (!signs)
            return pin_refused(signs.error(), {});
        card_.reset();
        found.chip = *signs;
        if (*signs != mynumber::Check::valid)
            found.reason = Reason::chip_not_genuine;
        sink_(visit_, PinAnswered{found});
    }

    // The card of the tap whose free data we have. What lies there while we hold it is looked at once more:
    // between the last look and the hold it may have been swapped.
    Result<void> hold_again() {
        if (card_)
            return {};
        auto opened = reader_->open();
        if (!opened)
            return std::unexpected(opened.error());
        const card::ReaderState now = reader_->wait(state_, SteadyClock::now());
        reader_->wake(); // that wait may have taken the wake of an order
        if (now.tap != met_tap_ || now.condition != card::ReaderCondition::card_present)
            return fail(Reason::card_removed, "the card of this visit was taken away");
        card_ = std::move(*opened);
        return {};
    }

    void pin_refused(const Failure& why, std::optional<std::uint8_t> tries_left) {
        card_.reset(); // no state of a refused secret stays, and the next act holds it anew
        log(LogLevel::warning,
            std::string("card, PIN: ").append(word(why.reason)).append(": ").append(why.detail));
        sink_(visit_, PinRefused{why, tries_left});
    }

    void refused(const Failure& why, std::optional<std::uint8_t> tries_left) {
        if (!another_number_may_follow(why.reason)) // that ends the visit
            return failed(why);
        sink_(visit_, AccessNumberRefused{why, tries_left});
    }

    void failed(const Failure& why) {
        card_.reset(); // the free data stay for as long as the card does: a PIN may follow
        log(LogLevel::warning,
            std::string("card: ").append(word(why.reason)).append(": ").append(why.detail));
        sink_(visit_, CardFailed{why});
    }

    std::unique_ptr<card::Reader> reader_;
    Settings settings_;
    CardEventSink sink_;

    std::mutex mutex_;
    std::deque<Order> orders_; // guarded by mutex_

    // The card thread's own
    mynumber::Guard guard_;
    card::ReaderState state_;
    std::uint64_t visit_ = 0;
    bool visiting_ = false;
    std::uint64_t met_tap_ = 0; // the tap that was met already in this visit
    bool swapped_ = false;      // the card that was held left between two looks at the reader
    std::unique_ptr<card::CardTransaction> card_;
    std::optional<mynumber::FreeData> free_data_; // of the card that lies there
    std::optional<mynumber::CardMark> mark_;      // of the card that this visit is about

    std::jthread thread_; // last: everything above is made before it runs and outlives it
};

CardWork::CardWork(std::unique_ptr<card::Reader> reader, Settings settings, CardEventSink sink)
    : thread_(std::make_unique<Thread>(std::move(reader), std::move(settings), std::move(sink))) {}
CardWork::~CardWork() = default;

void CardWork::begin(std::uint64_t visit) {
    thread_->order(Begin{visit});
}
void CardWork::access_number(mynumber::AccessParts parts, mynumber::IdempotencyKey idempotency_key) {
    thread_->order(NumberOrder{std::move(parts), idempotency_key});
}
void CardWork::pin(mynumber::Pin pin, mynumber::IdempotencyKey idempotency_key) {
    thread_->order(PinOrder{std::move(pin), idempotency_key});
}
void CardWork::end() {
    thread_->order(End{});
}

} // namespace kaomon::session
