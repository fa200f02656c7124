#include "daemon/session/card_thread.hpp"

#include "drivers/base/log.hpp"
#include "drivers/base/stack.hpp"

#include <deque>
#include <exception>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace kaomon::session {
namespace {

namespace mynumber = card::mynumber;

// The reader is asked again at the latest: a sign of life. So long the card is kept for an order, too.
constexpr std::chrono::seconds longest_wait{1};

struct Begin {
    std::uint64_t visit;
    std::optional<Date> expected_birth;
    bool with_pin;
};
struct NumberOrder {
    mynumber::AccessParts parts;
    mynumber::IdempotencyKey key;
    std::vector<Attribute> wanted;
};
struct PinOrder {
    mynumber::Pin pin;
    mynumber::IdempotencyKey key;
};
struct End {};
using Order = std::variant<Begin, NumberOrder, PinOrder, End>;

void log_failure(const visit::CardEvent& event) {
    const auto say = [](std::string what, const Failure& why) {
        log(LogLevel::warning, what.append(word(why.reason)).append(": ").append(why.detail));
    };
    if (const auto* failed = std::get_if<visit::CardFailed>(&event))
        say("card: ", failed->why);
    else if (const auto* refused = std::get_if<visit::PinRefused>(&event))
        say("card, PIN: ", refused->why);
    else if (const auto* read = std::get_if<visit::RecordRead>(&event);
             read != nullptr && read->attributes && !*read->attributes)
        say("card, attributes: ", read->attributes->error());
}

} // namespace

struct CardThread::Thread {
    Thread(std::unique_ptr<card::Reader> reader, visit::CardPolicy policy, CardEventSink sink)
        : reader_(std::move(reader)), sink_(std::move(sink)), part_(*reader_, std::move(policy)),
          thread_([this](const std::stop_token& stop) { run(stop); }) {}

    ~Thread() {
        thread_.request_stop();
        reader_->wake();
    }

    std::shared_ptr<const Pulse> pulse() const { return pulse_; }

    void order(Order what) {
        {
            const std::lock_guard lock(mutex_);
            // The thread may have been stuck: no VERIFY of a visit that is over.
            if (std::holds_alternative<End>(what))
                std::erase_if(orders_, [](const Order& one) {
                    return std::holds_alternative<NumberOrder>(one) || std::holds_alternative<PinOrder>(one);
                });
            orders_.push_back(std::move(what));
        }
        reader_->wake();
    }

  private:
    void run(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            pulse_->beat();
            const card::ReaderState now =
                reader_->wait(part_.reader_state(), SteadyClock::now() + longest_wait);
            const bool changed = now != part_.reader_state();
            if (changed) {
                part_.reader_changed(now);
                sink_(visit_, visit::ReaderChanged{now});
            }
            try {
                auto orders = take();
                for (Order& next : orders) {
                    pulse_->beat();
                    std::visit([this](auto& order) { carry_out(order); }, next);
                }
                if (auto met = part_.meet_card())
                    report(std::move(*met));
                else if (!changed && orders.empty())
                    part_.rest();
            } catch (const std::exception& fault) { // OpenSSL without memory
                report(part_.failed({Reason::internal_error, fault.what()}));
            }
            if (!part_.under_way())
                wipe_stack(); // what was read and sent passed through it
        }
    }

    std::deque<Order> take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(orders_, {});
    }

    void carry_out(const Begin& order) {
        visit_ = order.visit;
        part_.begin(order.expected_birth, order.with_pin);
        sink_(visit_, visit::ReaderChanged{part_.reader_state()});
    }
    void carry_out(const NumberOrder& order) {
        if (part_.under_way())
            report(part_.read_record(order.parts, order.key, order.wanted));
    }
    void carry_out(const PinOrder& order) {
        if (part_.under_way())
            report(part_.sign_in(order.pin, order.key));
    }
    void carry_out(const End&) { part_.end(); }

    void report(visit::CardEvent event) {
        log_failure(event);
        sink_(visit_, std::move(event));
    }

    std::unique_ptr<card::Reader> reader_;
    CardEventSink sink_;
    std::shared_ptr<Pulse> pulse_ = std::make_shared<Pulse>();

    std::mutex mutex_;
    std::deque<Order> orders_; // guarded by mutex_

    // The card thread's own
    visit::CardPart part_;
    std::uint64_t visit_ = 0;

    std::jthread thread_; // last: everything above is made before it runs and outlives it
};

CardThread::CardThread(std::unique_ptr<card::Reader> reader, visit::CardPolicy policy, CardEventSink sink)
    : thread_(std::make_unique<Thread>(std::move(reader), std::move(policy), std::move(sink))) {}
CardThread::~CardThread() = default;

void CardThread::begin(std::uint64_t visit, std::optional<Date> expected_birth, bool with_pin) {
    thread_->order(Begin{visit, expected_birth, with_pin});
}
void CardThread::access_number(mynumber::AccessParts parts, mynumber::IdempotencyKey key,
                               std::vector<Attribute> wanted) {
    thread_->order(NumberOrder{std::move(parts), key, std::move(wanted)});
}
void CardThread::pin(mynumber::Pin pin, mynumber::IdempotencyKey key) {
    thread_->order(PinOrder{std::move(pin), key});
}
void CardThread::end() {
    thread_->order(End{});
}
std::shared_ptr<const Pulse> CardThread::pulse() const {
    return thread_->pulse();
}

} // namespace kaomon::session
