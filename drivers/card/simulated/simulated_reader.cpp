#include "drivers/card/simulated/simulated_reader.hpp"

#include "drivers/card/simulated/condition.hpp"
#include "drivers/fault/fault_schedule.hpp"

#include <condition_variable>
#include <mutex>

namespace kaomon::card::simulated {

struct SimulatedReader::Shared {
    std::mutex mutex;
    std::condition_variable changed;
    Settings settings;
    std::shared_ptr<Card> card;
    Condition condition{false};
    fault::FaultSchedule schedule;
    std::uint64_t tap = 0;
    std::uint64_t answered = 0;
    bool woken = false;
    bool held = false; // a transaction is open

    void apply(const fault::Fault& fault) { // the mutex is held
        const bool before = condition.reachable();
        condition.apply(fault);
        if (condition.inserted && !card)
            condition.inserted = false; // there is nothing to put down
        if (!before && condition.reachable())
            ++tap;
        if (before && !condition.reachable())
            card->reset(); // off the field
        changed.notify_all();
    }
    ReaderState state() const { // the mutex is held
        if (!condition.plugged)
            return {ReaderCondition::no_reader, {}, tap};
        if (!condition.inserted)
            return {ReaderCondition::no_card, settings.name, tap};
        return {condition.mute ? ReaderCondition::mute_card : ReaderCondition::card_present, settings.name,
                tap};
    }
};

namespace {

using Shared = SimulatedReader::Shared;

class Transaction final : public CardTransaction {
  public:
    Transaction(std::shared_ptr<Shared> shared, std::uint64_t tap)
        : shared_(std::move(shared)), tap_(tap),
          atr_(shared_->card->atr().begin(), shared_->card->atr().end()) {}
    ~Transaction() override {
        const std::lock_guard lock(shared_->mutex);
        if (present())
            shared_->card->reset();
        shared_->held = false;
    }

    Result<SecretBytes> transmit(ByteView command) override {
        std::unique_lock lock(shared_->mutex);
        for (const fault::Fault& fault : shared_->schedule.arrive())
            shared_->apply(fault);
        if (auto gone = check(); !gone)
            return std::unexpected(gone.error());
        if (const auto decoded = Command::decode(command);
            decoded && decoded->ne > shared_->settings.largest_block)
            return fail(Reason::card_error, "the simulated reader takes no block as large");
        SecretBytes answer;
        if (const auto& error = shared_->condition.error) {
            answer = {error->high(), error->low()};
        } else {
            ++shared_->answered;
            answer =
                shared_->card->answer(command); // what it did stays done if the answer is lost on the way
        }
        const auto due = SteadyClock::now() + shared_->condition.delay;
        shared_->changed.wait_until(lock, due, [&] { return !present() || SteadyClock::now() >= due; });
        if (auto gone = check(); !gone)
            return std::unexpected(gone.error());
        return answer;
    }
    ByteView atr() const noexcept override { return atr_; }
    std::size_t read_block() const noexcept override { return shared_->settings.read_block; }

  private:
    Result<void> check() const {
        if (!shared_->condition.plugged)
            return fail(Reason::no_reader, "the simulated reader was unplugged");
        if (!present())
            return fail(Reason::card_removed, "the simulated card was pulled");
        if (shared_->condition.mute)
            return fail(Reason::card_error, "the simulated card does not answer");
        return {};
    }
    bool present() const { return shared_->condition.reachable() && shared_->tap == tap_; }

    std::shared_ptr<Shared> shared_;
    std::uint64_t tap_;
    Bytes atr_;
};

} // namespace

SimulatedReader::SimulatedReader() : SimulatedReader(Settings{}) {}
SimulatedReader::SimulatedReader(Settings settings) : shared_(std::make_shared<Shared>()) {
    shared_->settings = std::move(settings);
}
SimulatedReader::~SimulatedReader() = default;

void SimulatedReader::insert(std::shared_ptr<Card> card) {
    const std::lock_guard lock(shared_->mutex);
    if (shared_->condition.inserted)
        shared_->apply({fault::Verb::pull, {}, 0});
    shared_->card = std::move(card);
    shared_->apply({fault::Verb::insert, {}, 0});
}

void SimulatedReader::pull() {
    apply({fault::Verb::pull, {}, 0});
}

void SimulatedReader::apply(const fault::Fault& fault) {
    const std::lock_guard lock(shared_->mutex);
    if (const auto now = shared_->schedule.add(fault))
        shared_->apply(*now);
}

std::uint64_t SimulatedReader::answered() const {
    const std::lock_guard lock(shared_->mutex);
    return shared_->answered;
}

bool SimulatedReader::held() const {
    const std::lock_guard lock(shared_->mutex);
    return shared_->held;
}

ReaderState SimulatedReader::wait(const ReaderState& known, Instant until) {
    std::unique_lock lock(shared_->mutex);
    shared_->changed.wait_until(lock, until, [&] { return shared_->woken || shared_->state() != known; });
    shared_->woken = false;
    return shared_->state();
}

void SimulatedReader::wake() noexcept {
    const std::lock_guard lock(shared_->mutex);
    shared_->woken = true;
    shared_->changed.notify_all();
}

Result<std::unique_ptr<CardTransaction>> SimulatedReader::open() {
    const std::lock_guard lock(shared_->mutex);
    const ReaderState state = shared_->state();
    if (state.condition != ReaderCondition::card_present) {
        return fail(reason_of(state.condition), "simulated reader without a usable card");
    }
    if (shared_->held)
        return fail(Reason::reader_busy, "the simulated card is held by another transaction");
    shared_->card->reset();
    shared_->held = true;
    return std::make_unique<Transaction>(shared_, shared_->tap);
}

} // namespace kaomon::card::simulated
