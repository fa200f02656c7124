// What the caller hears, and the one verdict at the end.
#include "daemon/session/methods.hpp"
#include "daemon/session/report.hpp"
#include "daemon/session/verification_desk_impl.hpp"
#include "drivers/base/log.hpp"
#include "drivers/base/stack.hpp"

#include <boost/asio/post.hpp>

namespace kaomon::session {

void VerificationDesk::Impl::hint(Reason now) {
    if (!running || running->state == State::concluded || running->hint == now)
        return;
    running->hint = now;
    notify();
}

Update VerificationDesk::Impl::update() {
    Update now;
    now.session = running->id;
    now.state = running->state;
    now.hint = running->hint;
    now.tries_left = running->tries_left;
    now.pin_tries_left = running->pin_tries_left;
    now.warnings = running->warnings;
    if (running->state == State::waiting_method)
        now.methods = running->offered();
    now.retry_after = running->standing.throttled;
    if (running->hint == Reason::entry_delayed)
        now.retry_after = entry_delay();
    return now;
}

void VerificationDesk::Impl::notify() {
    ++told;
    board.now.state = running->state;
    board.publish();
    if (!running)
        return;
    show_staff();
    const Update now = update();
    screen->show(now);
    if (!running || !running->listener)
        return;
    const auto listener = running->listener; // it may cancel from within, which ends `running`
    listener(now);
}

void VerificationDesk::Impl::conclude(match::Verdict verdict) {
    deadline.cancel();
    unseen.cancel();
    away.cancel();
    card->end();
    screen->end_light();
    face->end();
    running->hint.reset();
    if (verdict.decision == match::Decision::undecided && running->against) {
        verdict = match::refuse(*running->against); // no silence takes back what was found against the person
        running->method = Method::face;
    }
    if (const auto kept = remember(verdict); !kept) {
        log(LogLevel::error, "suspicion: " + kept.error().detail);
        verdict =
            match::refuse(Reason::suspicion_unwritable); // what would not be remembered is not given out
    }
    Update last = update();
    last.verdict = verdict;
    if (abandoned.takes(*running, verdict, settings.now())) {
        abandoned.add(running->request.caller, verdict.reason, settings.now());
    } else {
        last.result = record(claims_of(*running, verdict, settings.rule.policy, settings.info,
                                       settings.simulated_camera, settings.now(), settings.validity),
                             running->request.caller);
        if (!last.result) // what is not on record is not given out
            last.verdict = match::refuse(Reason::audit_unwritable);
    }
    log(LogLevel::info,
        "session " + running->id.substr(0, 8) + ": " + std::string(word(last.verdict->decision)) + ", " +
            std::string(word(last.verdict->reason)) + ", " + std::to_string(running->age().count()) + " ms");
    counts.sessions.add({std::string(word(last.verdict->decision)), std::string(word(last.verdict->reason)),
                         std::string(word(running->method))});
    counts.whole.add(word(last.verdict->decision), running->age());
    const auto listener = std::move(running->listener);
    const LastVerdict verdict_of_method{last.verdict->decision, running->method, last.verdict->reason};
    running.reset();
    board.now.state = State::idle;
    if (board.now.card_present)
        watch_for_card_left();
    board.publish();
    show_staff(verdict_of_method);
    auto shown = last;
    shown.hint = last.verdict->reason;
    screen->show(shown);
    if (!running) {
        call_staff(false);
        screen->show(Update{});
    }
    if (listener)
        listener(last);
    // In a turn of its own, as high on the stack as any work begins.
    boost::asio::post(loop, [self = weak_from_this(), recorded = last.result.has_value()] {
        wipe_stack();
        if (const auto desk = self.lock(); desk && recorded) {
            desk->note_record_fault(desk->sign_head());
            desk->board.publish();
        }
    });
}

Result<void> VerificationDesk::Impl::remember(const match::Verdict& verdict) {
    inherit();
    const auto now = settings.now();
    const auto& inherited = running->standing.inherited;
    const bool refused_for_earlier =
        closed(running->method, running->standing, running->warnings) == verdict.reason;
    if (match::is_veto(verdict.reason) && !refused_for_earlier)
        return settings.suspicions.add(running->known_by, verdict.reason, now);
    if (verdict.decision != match::Decision::verified)
        return {};
    auto over = inherited;            // it would not be verified if it had not cleared itself
    over.push_back(Reason::no_match); // nor do mismatches count any more (NIST SP 800-63B-4 §3.2.2)
    for (const Reason why : over)
        forget(why);
    return {};
}

void VerificationDesk::Impl::forget(Reason why) {
    if (const auto kept = settings.suspicions.clear(running->known_by, why, settings.now()); !kept)
        log(LogLevel::warning, "suspicion: " + kept.error().detail); // it outlives a restart: no harm
}

void VerificationDesk::Impl::watch_for_card_left() {
    alarm.expires_after(settings.card_left_after);
    alarm.async_wait([self = weak_from_this()](const boost::system::error_code& error) {
        const auto desk = self.lock();
        if (error || !desk || desk->running || !desk->board.now.card_present)
            return;
        desk->board.now.alarm = Reason::card_left;
        desk->board.publish();
    });
}

// Nothing on the reader, a card in a metal sleeve and one without a chip look the same to it: a person can
// tell.
void VerificationDesk::Impl::watch_for_card_unseen() {
    unseen.expires_after(settings.card_unseen_after);
    unseen.async_wait(
        [self = weak_from_this(), visit = running->visit](const boost::system::error_code& error) {
            const auto desk = self.lock();
            if (error || !desk || !desk->running || desk->running->visit != visit)
                return;
            if (desk->running->state == State::waiting_card && desk->running->hint == Reason::no_card)
                desk->hint(Reason::card_not_detected);
        });
}

void VerificationDesk::Impl::watch_deadline() {
    deadline.expires_at(running->deadline);
    deadline.async_wait(
        [self = weak_from_this(), visit = running->visit](const boost::system::error_code& error) {
            const auto desk = self.lock();
            if (error || !desk || !desk->running || desk->running->visit != visit)
                return;
            desk->handle(Event::deadline, match::refuse(visit::reason_at_deadline(desk->running->hint)));
        });
}

} // namespace kaomon::session
