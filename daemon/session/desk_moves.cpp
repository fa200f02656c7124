// Who moves a verification through the table, and by which method.
#include "daemon/session/methods.hpp"
#include "daemon/session/release.hpp"
#include "daemon/session/verification_desk_impl.hpp"
#include "drivers/base/log.hpp"

#include <algorithm>

namespace kaomon::session {
namespace {

// The sentence for a person while a state lasts; the camera's own hints replace looking's.
std::optional<Reason> hint_of(State state) {
    switch (state) {
    case State::waiting_card:
        return Reason::no_card;
    case State::waiting_access_number:
        return Reason::access_number_missing;
    case State::capturing_face:
        return Reason::hold_still;
    case State::waiting_method:
        return Reason::method_missing;
    case State::idle:
    case State::reading_card:
    case State::reading_photo:
    case State::preparing_reference:
    case State::checking_pin:
    case State::concluded:
        break;
    }
    return std::nullopt;
}

} // namespace

void VerificationDesk::Impl::handle(Event event, std::optional<match::Verdict> verdict,
                                    std::optional<Reason> because) {
    if (!running)
        return;
    const State before = running->state;
    const auto after = next(before, event);
    if (!after || *after == before)
        return;
    left(before);
    running->state = *after;
    running->moved = SteadyClock::now();
    log(LogLevel::info, std::string("session ") + running->id.substr(0, 8) + ": " +
                            std::string(word(*after)) + " after " + std::to_string(running->age().count()) +
                            " ms");
    if (*after == State::concluded)
        return conclude(verdict.value_or(match::refuse(Reason::internal_error)));
    running->hint = because ? because : hint_of(*after);
    const auto told_before = told;
    enter(*after);
    if (running && running->state == *after && told == told_before) // or what waits has said so already
        notify();
}

void VerificationDesk::Impl::enter(State state) {
    if (state == State::waiting_card)
        watch_for_card_unseen();
    if (state == State::reading_card) {
        unseen.cancel();
        if (wants(Method::face)) {
            face->begin(running->visit); // the camera warms up while the card is read
            screen->begin_visit();
        }
        return;
    }
    if (use_what_waits())
        return;
    if (state != State::capturing_face)
        return;
    light_changed(screen->light());
    if (running->face)
        face_arrived();
}

bool VerificationDesk::Impl::wants(Method method) const {
    const auto offered = running->offered();
    return std::ranges::find(offered, method) != offered.end();
}

bool VerificationDesk::Impl::use_what_waits() {
    const State state = running->state;
    if (running->card_away && !running->visual_check)
        return false; // until it is back: nothing is sent into the empty air
    const bool number_fits = running->access_number && state == State::waiting_access_number;
    const bool pin_fits = running->pin && running->card_read && wants(Method::pin) &&
                          next(state, Event::pin_given) == State::checking_pin;
    if (running->visual_check && wants(Method::visual_check) && (running->card_read || without_card()) &&
        next(state, Event::staff_decided) == State::concluded) {
        use_visual_check();
    } else if (number_fits && !pin_fits && running->awaits_consent()) {
        hint(Reason::consent_missing); // before the card is asked for what is not yet to be given
        return false;
    } else if ((number_fits || pin_fits) && running->lift_first) {
        hint(Reason::card_lift_first);
        return false;
    } else if ((number_fits || pin_fits) && entry_delay()) {
        drop_delayed_entry();
    } else if (pin_fits) {
        use_pin();
    } else if (number_fits) {
        use_access_number();
    } else {
        return false;
    }
    return true;
}

void VerificationDesk::Impl::use_access_number() {
    if (!recordable())
        return handle(Event::cancel, match::refuse(Reason::audit_unwritable)); // and no VERIFY is sent
    auto given = std::move(*running->access_number);
    running->access_number.reset();
    running->access_number_is_final = given.final;
    card->access_number(std::move(given.parts), given.idempotency_key, to_be_read(*running));
    handle(Event::access_number_given);
}

void VerificationDesk::Impl::use_pin() {
    if (!recordable())
        return handle(Event::cancel, match::refuse(Reason::audit_unwritable));
    auto given = std::move(*running->pin);
    running->pin.reset();
    running->method = Method::pin;
    std::erase(running->open_methods, Method::face);
    screen->end_light();
    face->end();
    const bool silent = board.now.reader_fault == Reason::reader_stuck;
    if (!silent) // or it would be tried whenever the reader comes back
        card->pin(std::move(given.pin), given.idempotency_key);
    handle(Event::pin_given);
    if (silent)
        end_at_stuck_reader();
}

// No card can be read, and staff says so: on record, but it verifies nobody.
bool VerificationDesk::Impl::without_card() const {
    return !running->card_read && board.now.reader_fault &&
           running->visual_check->reason == VisualCheckReason::device_fault;
}

void VerificationDesk::Impl::use_visual_check() {
    running->method = Method::visual_check;
    match::Verdict verdict = match::refuse(Reason::staff_denied);
    if (running->visual_check->confirmed)
        verdict = running->card_read ? match::Verdict{match::Decision::verified, Reason::staff_confirmed}
                                     : match::refuse(Reason::staff_confirmed_without_card);
    handle(Event::staff_decided, judged(verdict));
}

match::Verdict VerificationDesk::Impl::judged(match::Verdict verdict) {
    inherit();
    if (verdict.decision != match::Decision::verified)
        return verdict;
    const auto why = closed(running->method, running->standing, running->warnings);
    return why ? match::refuse(*why) : verdict;
}

void VerificationDesk::Impl::inherit() {
    const auto now = settings.now();
    running->standing.inherited = settings.suspicions.inherited(running->known_by, now);
    running->standing.throttled = settings.suspicions.throttled(running->known_by, now);
    if (closed(Method::pin, running->standing, running->warnings))
        running->pin.reset(); // came before the card was known: no try is spent in vain
}

std::optional<Reason> VerificationDesk::Impl::closed_to_all() const {
    std::optional<Reason> why;
    for (const Method method : running->open_methods) {
        const auto closed_by = closed(method, running->standing, running->warnings);
        if (!closed_by)
            return std::nullopt;
        if (!why || match::is_veto(*closed_by))
            why = closed_by;
    }
    return why;
}

void VerificationDesk::Impl::end_face(Event event, match::Verdict verdict) {
    if (!running || next(running->state, event) != State::concluded)
        return handle(event, verdict);
    auto left = methods_after_face(running->open_methods, verdict.reason);
    if (without_closed(left, running->standing, running->warnings).empty() ||
        verdict.decision == match::Decision::verified)
        return handle(event, verdict);
    note_failed_attempt(verdict, std::move(left));
    screen->end_light();
    face->end();
    handle(Event::method_over, {}, verdict.reason);
}

void VerificationDesk::Impl::end_pin(match::Verdict verdict) {
    auto left = methods_after_pin(running->open_methods, verdict.reason);
    if (without_closed(left, running->standing, running->warnings).empty())
        return handle(Event::card_failed, verdict);
    note_failed_attempt(verdict, std::move(left));
    handle(Event::pin_refused, {}, verdict.reason);
}

void VerificationDesk::Impl::note_failed_attempt(match::Verdict verdict, std::vector<Method> left) {
    constexpr std::size_t most = 16; // a session of wrong PINs ends at the floor long before
    if (running->earlier.size() < most)
        running->earlier.push_back({running->method, verdict.reason});
    if (verdict.decision == match::Decision::not_verified)
        running->against = verdict.reason;
    running->open_methods = std::move(left);
}

} // namespace kaomon::session
