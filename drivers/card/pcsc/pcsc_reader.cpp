#include "drivers/card/pcsc/pcsc_reader.hpp"

#include "drivers/card/pcsc/transaction.hpp"
#include "drivers/card/pcsc/watch.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

namespace kaomon::card::pcsc {
namespace {

// A wait in the service is cut into slices: SCardCancel reaches only a wait that runs, so a wake() that falls
// between our look at the flag and the wait's begin would be lost. This is the longest it can then take.
constexpr Milliseconds slice{200};
// How often a lost service is looked for.
constexpr Milliseconds service_retry{250};

// SCardCancel asks the service and waits for its answer. A service that stands still holds up this thread and
// nobody who only wakes.
class Canceller {
  public:
    explicit Canceller(std::function<void()> cancel)
        : cancel_(std::move(cancel)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

    void ask() noexcept {
        {
            const std::scoped_lock lock(guard_);
            asked_ = true;
        }
        changed_.notify_all();
    }

  private:
    void run(const std::stop_token& stop) {
        while (true) {
            {
                std::unique_lock lock(guard_);
                if (!changed_.wait(lock, stop, [this] { return asked_; }))
                    return;
                asked_ = false;
            }
            cancel_();
        }
    }

    std::function<void()> cancel_;
    std::mutex guard_;
    std::condition_variable_any changed_;
    bool asked_ = false;
    std::jthread thread_; // last: ends before what it uses
};

class PcscReader final : public Reader {
  public:
    explicit PcscReader(Settings settings)
        : watch_(std::move(settings.reader)), read_block_(settings.read_block) {}

    ReaderState wait(const ReaderState& known, Instant until) override {
        Milliseconds longest{0}; // first of all, how it stands now
        while (true) {
            waiting_ = true;
            if (woken_)
                longest = Milliseconds{0};
            state_ = watch_.look(longest, !hold_.expired());
            waiting_ = false;
            if (woken_.exchange(false))
                return state_;
            if (!(state_ == known) || SteadyClock::now() >= until)
                return state_;
            const auto left = std::chrono::ceil<Milliseconds>(until - SteadyClock::now());
            longest = std::min(left, slice);
            if (state_.condition == ReaderCondition::service_down)
                doze(std::min(left, service_retry));
        }
    }

    void wake() noexcept override {
        {
            const std::scoped_lock lock(guard_);
            woken_ = true;
        }
        dozing_.notify_all();
        if (waiting_)
            canceller_.ask();
    }

    Result<std::unique_ptr<CardTransaction>> open() override {
        if (state_.condition != ReaderCondition::card_present)
            return fail(reason_of(state_.condition));
        auto hold = std::make_shared<const Hold>();
        hold_ = hold;
        return Transaction::open(watch_.context(), state_.reader, std::move(hold), read_block_);
    }

  private:
    void doze(Milliseconds longest) {
        std::unique_lock lock(guard_);
        dozing_.wait_for(lock, longest, [this] { return woken_.load(); });
    }

    Watch watch_;
    std::size_t read_block_;
    std::weak_ptr<const Hold> hold_; // of the transaction that is open
    ReaderState state_;
    std::atomic<bool> woken_ = false;
    std::atomic<bool> waiting_ = false; // in the service, so that SCardCancel can help
    std::mutex guard_;
    std::condition_variable dozing_;
    Canceller canceller_{[this] {
        if (waiting_)
            watch_.interrupt();
    }};
};

} // namespace

std::unique_ptr<Reader> make_reader(Settings settings) {
    return std::make_unique<PcscReader>(std::move(settings));
}

} // namespace kaomon::card::pcsc
