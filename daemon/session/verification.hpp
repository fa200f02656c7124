// Everything that one running verification knows. Gone, and wiped, with its verdict.
#pragma once

#include "daemon/session/attempt.hpp"
#include "daemon/session/card_side.hpp"
#include "daemon/session/desk.hpp"
#include "daemon/session/face_side.hpp"
#include "daemon/session/methods.hpp"

#include <unordered_set>

namespace kaomon::session {

// Numbers, PINs and visual checks that one session takes: a person needs three or four.
inline constexpr std::size_t most_inputs = 64;

struct Verification {
    SessionId id;
    std::uint64_t visit = 0;
    Request request;
    Desk::Listener listener;
    Instant begun, deadline;
    Instant entered; // its state
    Instant moved;   // into its state, or when something was handed in last
    State state = State::idle;

    // What people handed in and was not used yet, each with its act
    struct AccessNumber {
        card::mynumber::AccessParts parts;
        card::mynumber::IdempotencyKey idempotency_key;
        bool final = false; // it came with the request: refused means ended
    };
    struct Pin {
        card::mynumber::Pin pin;
        card::mynumber::IdempotencyKey idempotency_key;
    };
    std::optional<AccessNumber> access_number;
    std::optional<Pin> pin;
    std::optional<VisualCheck> visual_check;
    std::optional<Consent> consent;                       // the last word of patient or staff
    bool access_number_is_final = false;                  // of the number that is being tried
    std::unordered_set<std::uint64_t> idempotency_keys{}; // of this session, most_inputs of them

    Method method = Method::face;     // that is being used, or was last
    std::vector<Method> open_methods; // the caller accepts them, and they have not failed
    std::vector<Attempt> earlier;
    std::optional<Reason>
        against; // what an earlier method found against the person: no later silence takes it back

    bool card_read = false;  // what the card tells for free: from then on it is known which one it is
    bool lift_first = false; // one wrong secret a tap: the next one waits until the card was lifted
    bool card_away = false;  // it left while it was needed, a moment ago
    std::optional<Reason> hint;
    std::optional<Reason> face_hint; // the camera's last word, told while looking
    std::optional<std::uint8_t> tries_left, pin_tries_left;
    std::optional<Date> card_expiry;
    std::vector<card::mynumber::CardDigest> known_by; // the card; empty: none yet
    CardStanding standing;
    std::vector<card::mynumber::Warning> warnings;
    card::mynumber::Hierarchy hierarchy = card::mynumber::Hierarchy::unknown;
    card::mynumber::Genuineness genuineness;
    std::optional<card::mynumber::SubjectReference> chip_subject, sign_in_subject;
    Expected birth_found = Expected::not_checked, reference_found = Expected::not_checked;
    std::optional<kaomon::Result<card::mynumber::Attributes>> attributes; // empty: not read
    std::optional<face::Template> reference;
    std::optional<visit::FaceReady> face;
    std::vector<liveness::Evidence> liveness = liveness::all_kinds({});

    // Open, and able to verify with this card as far as it is known.
    std::vector<Method> offered() const { return without_closed(open_methods, standing, warnings); }
    // The caller wants attributes, and nobody has said yet whether it may have them.
    bool awaits_consent() const { return !request.attributes.empty() && !consent; }
    // Whom the result names, by the method that was used: what that method rests on.
    const card::mynumber::SubjectReference* subject() const;
    Milliseconds age() const { return std::chrono::duration_cast<Milliseconds>(SteadyClock::now() - begun); }
};

} // namespace kaomon::session
