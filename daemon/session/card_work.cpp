#include "daemon/session/card_work.hpp"

#include "drivers/base/log.hpp"
#include "drivers/card/mynumber/free_data.hpp"

#include <deque>
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
struct Access {
    mynumber::AccessParts parts;
    mynumber::ActId act;
};
struct End {};
using Order = std::variant<Begin, Access, End>;

// A number that was refused; the visit goes on with another one. Anything else ends it.
bool may_try_another_number(Reason reason) {
    switch (reason) {
    case Reason::access_number_missing:
    case Reason::access_number_malformed:
    case Reason::access_number_contradicts_card:
    case Reason::access_number_whole_needed:
    case Reason::access_number_unchecked:
    case Reason::access_number_wrong:
        return true;
    default:
        return false;
    }
}

} // namespace

struct CardWork::Thread {
    Thread(std::unique_ptr<card::Reader> reader, Settings settings, CardEventSink sink)
        : reader_(std::move(reader)), settings_(std::move(settings)), sink_(std::move(sink)),
          guard_(settings_.tries_floor), thread_([this](const std::stop_token& stop) { run(stop); }) {}

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
            for (Order& next : take())
                obey(std::move(next));
            if (visiting_ && !card_ && state_.condition == card::ReaderCondition::card_present &&
                state_.tap != met_tap_) {
                meet_card();
            }
        }
    }

    void reader_changed(const card::ReaderState& now) {
        const bool same_card = now.tap == state_.tap && now.condition == card::ReaderCondition::card_present;
        state_ = now;
        if (!same_card)
            drop_card();
        sink_(visit_, ReaderChanged{now});
    }

    std::deque<Order> take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(orders_, {});
    }

    void obey(Order what) {
        if (const auto* begin = std::get_if<Begin>(&what)) {
            visit_ = begin->visit;
            visiting_ = true;
            met_tap_ = 0;
            sink_(visit_, ReaderChanged{state_});
        } else if (auto* access = std::get_if<Access>(&what)) {
            if (visiting_ && card_)
                read_record(access->parts, access->act);
        } else {
            visiting_ = false;
            drop_card();
        }
    }

    // Free data of the card that is there; the transaction stays open for the number.
    void meet_card() {
        met_tap_ = state_.tap; // one meeting a tap: the person puts the card down again for another
        auto opened = reader_->open();
        if (!opened)
            return failed(opened.error());
        card_ = std::move(*opened);
        auto free_data = mynumber::read_free_data(*card_, settings_.today());
        if (!free_data)
            return failed(free_data.error());
        free_data_ = std::move(*free_data);
        sink_(visit_, FreeDataRead{free_data_->tries_left,
                                   mynumber::hierarchy_named_by(free_data_->signer_certificate)});
    }

    void read_record(const mynumber::AccessParts& parts, mynumber::ActId act) {
        const auto number = mynumber::assemble(parts, *free_data_, settings_.today());
        if (!number)
            return refused(number.error(), free_data_->tries_left);
        if (const auto verified = guard_.verify(*card_, *number, act); !verified) {
            return refused(verified.error(), guard_.tries_left());
        }
        auto record = mynumber::read_photo_record(*card_, free_data_->signer_certificate, settings_.trust);
        if (!record)
            return failed(record.error());
        const auto genuineness = mynumber::challenge_chip(*card_, *record);
        if (!genuineness)
            return failed(genuineness.error());
        drop_card(); // nothing more is asked of it: reset now, not at the end of the visit
        sink_(visit_, RecordRead{std::move(record->photo), *genuineness});
    }

    void refused(const Failure& why, std::optional<std::uint8_t> tries_left) {
        if (!may_try_another_number(why.reason))
            return failed(why);
        sink_(visit_, AccessRefused{why, tries_left});
    }

    void failed(const Failure& why) {
        drop_card();
        log(LogLevel::warning,
            std::string("card: ").append(word(why.reason)).append(": ").append(why.detail));
        sink_(visit_, CardFailed{why});
    }

    void drop_card() {
        card_.reset();
        free_data_.reset();
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
    std::unique_ptr<card::CardTransaction> card_;
    std::optional<mynumber::FreeData> free_data_;

    std::jthread thread_; // last: everything above is made before it runs and outlives it
};

CardWork::CardWork(std::unique_ptr<card::Reader> reader, Settings settings, CardEventSink sink)
    : thread_(std::make_unique<Thread>(std::move(reader), std::move(settings), std::move(sink))) {}
CardWork::~CardWork() = default;

void CardWork::begin(std::uint64_t visit) {
    thread_->order(Begin{visit});
}
void CardWork::access(mynumber::AccessParts parts, mynumber::ActId act) {
    thread_->order(Access{std::move(parts), act});
}
void CardWork::end() {
    thread_->order(End{});
}

} // namespace kaomon::session
