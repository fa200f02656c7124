// A card that is lifted by mistake and put back at once goes on where it was. What it told for free is read
// anew, and so it is known to be the same card. Nothing is sent again that costs a try: where the number had
// been sent already, it is asked for again, and a person's new entry is a VERIFY of its own.
#include "daemon/session/verification_desk_impl.hpp"

namespace kaomon::session {

bool VerificationDesk::Impl::wait_for_card_back() {
    if (!running)
        return false;
    const State state = running->state;
    const bool needed = state == State::reading_card || state == State::waiting_access_number ||
                        (state == State::reading_photo && !running->access_number_is_final);
    if (!needed) // or the number came with the request, and nobody is there to enter it again
        return false;
    if (running->card_away)
        return true;
    running->card_away = true;
    hint(Reason::card_removed);
    if (!running) // a listener may cancel from within
        return true;
    away.expires_after(settings.card_back_within);
    away.async_wait([self = weak_from_this(),
                     visit = running->visit](const boost::system::error_code& error) {
        const auto desk = self.lock();
        if (error || !desk || !desk->running || desk->running->visit != visit || !desk->running->card_away)
            return;
        desk->running->card_away = false;
        const bool mute = desk->board.now.reader_fault == Reason::card_mute;
        desk->end_face(Event::card_absent, match::refuse(mute ? Reason::card_mute : Reason::card_removed));
    });
    return true;
}

void VerificationDesk::Impl::card_is_back() {
    running->card_away = false;
    away.cancel();
}

void VerificationDesk::Impl::take(const visit::CardBack& event) {
    if (!running)
        return;
    card_is_back();
    running->lift_first = false;
    running->tries_left = event.tries_left;
    if (running->state == State::waiting_method) {
        hint(Reason::method_missing);
        if (running)
            use_what_waits();
        return;
    }
    if (running->state == State::reading_photo) {
        if (running->access_number_is_final)
            return end_face(Event::card_failed, match::refuse(Reason::card_removed));
        return handle(Event::access_number_refused); // asks for it again
    }
    if (running->state != State::waiting_access_number)
        return;
    hint(Reason::access_number_missing);
    if (running && running->state == State::waiting_access_number)
        use_what_waits();
}

} // namespace kaomon::session
