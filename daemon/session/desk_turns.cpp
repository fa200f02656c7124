// One desk, several callers: first come, first served, and a session in which nothing happens yields.
#include "daemon/session/verification_desk_impl.hpp"

#include <algorithm>

namespace kaomon::session {
namespace {

// Without an act of anybody, while another user waits as long: a patient looks for the card, or for a number.
constexpr Milliseconds card_patience{10'000}, entry_patience{30'000};

std::optional<Milliseconds> patience_of(State state) {
    switch (state) {
    case State::waiting_card:
        return card_patience;
    case State::waiting_access_number:
    case State::waiting_method:
        return entry_patience;
    case State::idle:
    case State::reading_card:
    case State::reading_photo:
    case State::preparing_reference:
    case State::capturing_face:
    case State::checking_pin:
    case State::concluded:
        break; // these end by themselves
    }
    return std::nullopt;
}

} // namespace

std::optional<Refusal> VerificationDesk::Impl::busy_for(const Caller& caller) {
    if (!running)
        return std::nullopt;
    Refusal refusal = wait_for_turn(caller);
    const auto now = SteadyClock::now();
    const auto patience = patience_of(running->state);
    if (patience && now - running->moved >= *patience &&
        line.waited_by_others(running->request.caller, now) >= *patience)
        handle(Event::deadline, match::refuse(Reason::session_yielded));
    return refusal;
}

// Who is next asks more often: the desk must not stand empty for long.
Refusal VerificationDesk::Impl::wait_for_turn(const Caller& caller) {
    const auto now = SteadyClock::now();
    const std::size_t place = line.stand(caller, now);
    const Milliseconds longest{place == 1 ? 500 : 2000};
    const auto left = running ? std::chrono::duration_cast<Milliseconds>(running->deadline - now) : longest;
    return {Reason::busy, std::clamp(left, Milliseconds{100}, longest), {}, place};
}

} // namespace kaomon::session
