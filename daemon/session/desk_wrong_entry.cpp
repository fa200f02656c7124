// Wrong numbers and PINs, over sessions and restarts: from the second one on a card waits longer each time,
// so that nobody tries them out faster than a person who has mistyped needs.
#include "daemon/session/verification_desk_impl.hpp"
#include "drivers/base/log.hpp"

namespace kaomon::session {

void VerificationDesk::Impl::note_wrong(Reason why) {
    if (why == Reason::card_lift_first || card::mynumber::is_wrong_secret(why))
        running->lift_first = true;
    if (!card::mynumber::is_wrong_secret(why))
        return;
    if (const auto kept = settings.suspicions.note_wrong_entry(running->known_by, why, settings.now()); !kept)
        log(LogLevel::error, "suspicion: " + kept.error().detail); // it is known until the daemon ends
}

std::optional<std::chrono::seconds> VerificationDesk::Impl::entry_delay() {
    return settings.suspicions.entry_delay(running->known_by, settings.now());
}

// It came before the card was known, or a moment too early.
void VerificationDesk::Impl::drop_delayed_entry() {
    const bool final = running->access_number && running->access_number->final;
    running->access_number.reset();
    running->pin.reset();
    if (final)
        return end_face(Event::card_failed, match::refuse(Reason::entry_delayed));
    hint(Reason::entry_delayed);
}

} // namespace kaomon::session
