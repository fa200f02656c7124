#include "drivers/card/pcsc/watch.hpp"

#include "drivers/card/atr.hpp"

#include <algorithm>

namespace kaomon::card::pcsc {
namespace {

// The name that stands for "a reader came or went".
constexpr const char* any_reader = "\\\\?PnP?\\Notification";
constexpr std::size_t most_watched = PCSCLITE_MAX_READERS_CONTEXTS - 1; // beside any_reader

bool has_card(ReaderCondition condition) noexcept {
    return condition == ReaderCondition::card_present || condition == ReaderCondition::mute_card;
}

} // namespace

bool Watch::find_service() {
    if (context_)
        return true;
    auto made = Context::establish();
    if (!made)
        return false;
    const std::scoped_lock lock(guard_);
    context_ = std::move(*made);
    return true;
}

ReaderState Watch::lost() {
    std::shared_ptr<Context>
        gone; // released outside the lock; a transaction that is still open holds it for itself
    {
        const std::scoped_lock lock(guard_);
        gone = std::move(context_);
    }
    readers_.clear();
    return current(false);
}

// Readers known from the last look keep their state, so that the wait ends on what happened since.
bool Watch::list_readers() {
    const auto names = context_->readers();
    if (!names)
        return false;
    std::vector<Sighting> now;
    for (const auto& name : *names) {
        if (now.size() == most_watched)
            break;
        const auto known = std::ranges::find(readers_, name, &Sighting::reader);
        now.push_back(known == readers_.end() ? Sighting{name} : *known);
    }
    readers_ = std::move(now);
    return true;
}

// The state as it stands, and the count of cards put down.
ReaderState Watch::current(bool held) {
    ReaderState next{ReaderCondition::service_down, {}, state_.tap};
    DWORD events = 0;
    if (context_) {
        next.condition = ReaderCondition::no_reader;
        const Sighting* ours = choose(readers_, pattern_, state_.reader);
        const auto last = std::ranges::find(readers_, state_.reader, &Sighting::reader);
        if (held && last != readers_.end() && last->has_card())
            ours = &*last;
        if (ours != nullptr) {
            next.condition = ours->condition();
            if (next.condition != ReaderCondition::no_reader)
                next.reader = ours->reader;
            events = ours->events();
        }
    }
    const bool same_stay = has_card(state_.condition) && state_.reader == next.reader && events == events_;
    if (has_card(next.condition) && !same_stay)
        ++next.tap;
    events_ = events;
    state_ = next;
    return next;
}

// What one reader shows now. A card that came since the last look is the newest of all; one that was there
// when the reader was first looked at came before us.
void Watch::take(Sighting& reader, const SCARD_READERSTATE& seen) {
    const Sighting before = reader;
    reader.state = seen.dwEventState & ~static_cast<DWORD>(SCARD_STATE_CHANGED);
    if (!reader.has_card())
        return;
    if (before.state != SCARD_STATE_UNAWARE && (!before.has_card() || before.events() != reader.events()))
        reader.arrived = ++arrivals_;
    const auto size = std::min<std::size_t>(seen.cbAtr, sizeof seen.rgbAtr);
    if (is_contactless({seen.rgbAtr, size}))
        reader.contactless = true;
}

ReaderState Watch::look(Milliseconds longest, bool held) {
    if (!find_service() || !list_readers())
        return lost();
    const bool news =
        std::ranges::any_of(readers_, [](const Sighting& r) { return r.state == SCARD_STATE_UNAWARE; });

    std::vector<SCARD_READERSTATE> states(readers_.size() + 1);
    states[0].szReader = any_reader;
    for (std::size_t i = 0; i < readers_.size(); ++i) {
        states[i + 1].szReader = readers_[i].reader.c_str();
        states[i + 1].dwCurrentState = readers_[i].state;
    }
    const auto budget = static_cast<DWORD>(news ? 0 : std::max<Milliseconds::rep>(longest.count(), 0));
    const LONG code =
        SCardGetStatusChange(context_->get(), budget, states.data(), static_cast<DWORD>(states.size()));
    if (is_service_lost(code))
        return lost();
    if (code == SCARD_S_SUCCESS || code == SCARD_E_TIMEOUT) {
        for (std::size_t i = 0; i < readers_.size(); ++i)
            take(readers_[i], states[i + 1]);
    }
    // otherwise the wait was cancelled, or a reader went in between: the next look lists them afresh
    return current(held);
}

void Watch::interrupt() noexcept {
    const std::scoped_lock lock(guard_);
    if (context_)
        context_->cancel();
}

} // namespace kaomon::card::pcsc
