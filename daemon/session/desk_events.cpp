// What card and face report.
#include "daemon/session/methods.hpp"
#include "daemon/session/verification_desk_impl.hpp"
#include "drivers/base/log.hpp"

#include <algorithm>

namespace kaomon::session {

void VerificationDesk::Impl::take(const visit::ReaderChanged& event) {
    using enum card::ReaderCondition;
    const auto condition = event.state.condition;
    board.now.reader = event.state.reader;
    board.now.card_present = condition == card_present;
    const auto fault = condition == card_present || condition == no_card
                           ? std::nullopt
                           : std::optional(card::reason_of(condition));
    if (fault && fault != board.now.reader_fault)
        count_fault(*fault);
    board.now.reader_fault = fault;
    if (!board.now.card_present) {
        board.now.alarm.reset();
        alarm.cancel();
    }
    board.publish();
    switch (condition) {
    case card_present:
        return handle(Event::card_present);
    case no_card:
        if (wait_for_card_back())
            return;
        return end_face(Event::card_absent, match::refuse(Reason::card_removed));
    case mute_card:
        if (running && running->card_away) // put back, but not well: it has the rest of its time
            return hint(Reason::card_mute);
        end_face(Event::card_absent, match::refuse(Reason::card_mute));
        return hint(Reason::card_mute);
    case no_reader:
    case service_down:
        return end_face(Event::reader_failed, match::refuse(card::reason_of(condition)));
    }
}

void VerificationDesk::Impl::take(visit::FreeDataRead& event) {
    if (!running || running->card_read)
        return;
    card_is_back();
    running->card_read = true;
    running->tries_left = event.tries_left;
    running->pin_tries_left = event.pin_tries_left;
    running->card_expiry = event.card_expiry;
    running->hierarchy = event.hierarchy;
    running->known_by = std::move(event.known_by);
    running->warnings = std::move(event.warnings);
    running->lift_first = event.lift_first;
    running->sign_in_subject = event.subject;
    inherit();
    if (is_other_person(event.subject))
        return end_for_other_person();
    if (running->state == State::waiting_method) { // the face ended meanwhile
        if (const auto why = closed_to_all())
            return handle(Event::record_rejected, match::refuse(*why));
        return use_what_waits() ? void() : notify();
    }
    if (wants(Method::face))
        return handle(Event::free_data_read);
    if (const auto why = closed_to_all())
        return handle(Event::card_failed, match::refuse(*why));
    if (std::ranges::find(running->open_methods, Method::face) != running->open_methods.end())
        return end_face(Event::card_failed,
                        match::refuse(*closed(Method::face, running->standing, running->warnings)));
    handle(Event::method_over); // the caller did not ask for the face
}

void VerificationDesk::Impl::take(const visit::AccessNumberRefused& event) {
    if (!running)
        return;
    if (event.tries_left)
        running->tries_left = event.tries_left;
    count_entry(Method::face, event.why.reason);
    count_fault(event.why.reason);
    note_wrong(event.why.reason);
    if (running->access_number_is_final)
        return end_face(Event::card_failed, match::refuse(event.why.reason));
    handle(Event::access_number_refused, {}, event.why.reason);
}

void VerificationDesk::Impl::take(const visit::CardFailed& event) {
    if (event.why.reason == Reason::card_removed && wait_for_card_back())
        return;
    count_fault(event.why.reason);
    if (running && event.why.reason == Reason::other_person_expected) {
        running->birth_found = Expected::mismatch;
        return end_for_other_person();
    }
    if (running && running->state != State::checking_pin) // there PinRefused tells
        end_face(Event::card_failed, match::refuse(event.why.reason));
}

void VerificationDesk::Impl::take(visit::RecordRead& event) {
    if (!running)
        return;
    running->genuineness = event.genuineness;
    count_entry(Method::face);
    if (event.genuineness.reason)
        return end_face(Event::record_rejected, match::refuse(*event.genuineness.reason));
    forget(Reason::access_number_wrong);
    running->chip_subject = event.subject;
    running->attributes = std::move(event.attributes);
    if (event.birth_as_expected)
        running->birth_found = Expected::match;
    if (is_other_person(event.subject))
        return end_for_other_person();
    if (event.chip)
        running->known_by.push_back(*event.chip);
    running->standing.proven = event.chip.has_value();
    const auto offered = running->offered();
    inherit();
    if (running->state == State::waiting_method) { // the face ended meanwhile
        if (const auto why = closed_to_all())
            return handle(Event::record_rejected, match::refuse(*why));
        return offered == running->offered() ? void() : notify();
    }
    if (running->state != State::reading_photo)
        return;
    if (const auto why = closed(Method::face, running->standing, running->warnings))
        return end_face(Event::record_rejected, match::refuse(*why));
    face->reference(std::move(event.photo));
    handle(Event::record_read);
}

void VerificationDesk::Impl::take(const visit::PinRefused& event) {
    if (!running || running->state != State::checking_pin)
        return;
    if (event.tries_left)
        running->pin_tries_left = event.tries_left;
    count_entry(Method::pin, event.why.reason);
    count_fault(event.why.reason);
    note_wrong(event.why.reason);
    end_pin(match::refuse(event.why.reason));
}

void VerificationDesk::Impl::take(const visit::PinAnswered& event) {
    if (!running || running->state != State::checking_pin)
        return;
    running->genuineness = event.genuineness;
    count_entry(Method::pin);
    if (event.genuineness.reason)
        return handle(Event::record_rejected, match::refuse(*event.genuineness.reason));
    forget(Reason::pin_wrong);
    const auto verdict = judged({match::Decision::verified, Reason::pin_accepted});
    if (verdict.decision != match::Decision::verified)
        return end_pin(verdict);
    handle(Event::pin_verified, verdict);
}

void VerificationDesk::Impl::take(const visit::FaceHint& event) {
    if (!running)
        return;
    running->face_hint = event.hint;
    if (running->state == State::capturing_face)
        hint(event.hint);
}

void VerificationDesk::Impl::take(const visit::FaceWantsLight&) {
    if (running && running->state == State::capturing_face && screen->begin_light())
        hint(Reason::screen_light);
}

void VerificationDesk::Impl::take(visit::FaceReady& event) {
    if (!running)
        return;
    screen->end_light();
    running->liveness = event.liveness;
    running->face = std::move(event);
    board.now.camera_fault.reset();
    if (running->state == State::capturing_face)
        face_arrived();
}

void VerificationDesk::Impl::take(const visit::FaceFailed& event) {
    if (!running)
        return;
    running->liveness = event.liveness;
    count_fault(event.why.reason);
    if (describe(event.why.reason).cause == Cause::camera)
        board.now.camera_fault = event.why.reason;
    end_face(Event::face_failed, match::refuse(event.why.reason));
}

void VerificationDesk::Impl::take(const visit::ReferenceReady& event) {
    if (!running)
        return;
    running->reference = event.reference;
    if (running->face && !event.liveness.empty())
        running->liveness = event.liveness; // the photograph came after the live views
    handle(Event::reference_ready);
    if (running && running->state == State::capturing_face && running->face_hint)
        hint(*running->face_hint);
}

void VerificationDesk::Impl::take(const visit::ReferenceFailed& event) {
    end_face(Event::reference_failed, match::refuse(event.why.reason));
}

// Only while nothing else is asked of the person: before that the screen may be needed for digits.
void VerificationDesk::Impl::light_changed(capture::Light now) {
    if (!running || !face)
        return;
    now.available = now.available && running->state == State::capturing_face;
    face->light(now);
    if (!screen->lit() && running->hint == Reason::screen_light)
        hint(running->face_hint.value_or(Reason::hold_still));
}

void VerificationDesk::Impl::take_stuck(std::vector<Reason> threads) {
    stuck = std::move(threads);
    const bool reader = std::ranges::find(stuck, Reason::reader_stuck) != stuck.end();
    if (reader && board.now.reader_fault != Reason::reader_stuck) {
        board.now.reader_fault = Reason::reader_stuck;
        count_fault(Reason::reader_stuck);
    } else if (!reader && board.now.reader_fault == Reason::reader_stuck) {
        board.now.reader_fault.reset();
    }
    show_troubles();
    board.publish();
    if (reader)
        end_at_stuck_reader();
}

void VerificationDesk::Impl::end_at_stuck_reader() {
    const auto verdict = match::refuse(Reason::reader_stuck);
    if (running && running->state == State::checking_pin)
        return end_pin(verdict); // the card may have taken it; nobody knows
    end_face(Event::reader_failed, verdict);
}

void VerificationDesk::Impl::face_arrived() {
    auto verdict = judged(visit::decide(settings.rule, running->genuineness, running->liveness,
                                        running->face->probe, *running->reference));
    if (verdict.reason == Reason::no_match) { // counted before it is told
        if (const auto kept = settings.suspicions.note_no_match(running->known_by, settings.now()); !kept) {
            log(LogLevel::error, "suspicion: " + kept.error().detail);
            verdict = match::refuse(Reason::suspicion_unwritable);
        }
    }
    end_face(Event::face_ready, verdict);
}

} // namespace kaomon::session
