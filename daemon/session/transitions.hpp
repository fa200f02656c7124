// Who moves when: every state and event of a verification in one table.
#pragma once

#include "daemon/session/desk.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kaomon::session {

enum class Event : std::uint8_t {
    begin,                 // a caller asks for a verification
    card_present,          // a card that answers is on the reader
    card_absent,           // the card left, or does not answer any more
    reader_failed,         // no PC/SC service, or no reader
    free_data_read,        // what the card tells for free is known
    access_number_given,   // verification number B, or its missing parts, arrived
    access_number_refused, // the number does not fit, or the card said no; a person may try another one
    card_failed,           // the card cannot be used: the reason stands with the event
    record_read,           // photo record read, record and chip genuine
    record_rejected,       // record or chip not proven genuine
    reference_ready,       // the photograph became a template
    reference_failed,      // it cannot: damaged, or no face in it
    face_ready,            // the camera has seen enough for a probe
    face_failed,           // camera or feed unusable
    method_over,           // the face cannot be the method, or did not verify, and another method is open
    pin_given,             // the PIN of the sign-in key arrived
    pin_refused,           // by its shape, the guard or the card; another act or another method may follow
    pin_verified,          // the card took it and signed our nonce
    staff_decided,         // a visual check
    deadline,
    cancel,
};
consteval auto words_of(Event) {
    return in_words("begin", "card_present", "card_absent", "reader_failed", "free_data_read",
                    "access_number_given", "access_number_refused", "card_failed", "record_read",
                    "record_rejected", "reference_ready", "reference_failed", "face_ready", "face_failed",
                    "method_over", "pin_given", "pin_refused", "pin_verified", "staff_decided", "deadline",
                    "cancel");
}
inline constexpr std::size_t state_count = words<State>().size();
inline constexpr std::size_t event_count = words<Event>().size();

// The state after `event` in `state`; the same state where the event changes nothing. Empty: the table forgot
// the pair (a test finds those), and the event is dropped. Reentrant.
std::optional<State> next(State state, Event event) noexcept;

// The table as text, for the manual and for the eye.
std::string print_transitions();

} // namespace kaomon::session
