// Everything that one running verification knows. Gone, and wiped, with its verdict.
#pragma once

#include "daemon/session/card_side.hpp"
#include "daemon/session/desk.hpp"
#include "daemon/session/face_side.hpp"
#include "daemon/session/methods.hpp"

#include <unordered_set>

namespace kaomon::session {

struct Attempt { // a method that failed
    Method method;
    Reason reason;
};

// Numbers, PINs and visual checks that one session takes: a person needs three or four.
inline constexpr std::size_t most_inputs = 64;

struct Verification {
    SessionId id;
    std::uint64_t visit = 0;
    Request request;
    Desk::Listener listener;
    Instant begun, deadline;
    Instant moved; // into its state, or when something was handed in last
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
    std::vector<card::mynumber::CardDigest> known_by; // the card; empty: none yet
    CardStanding standing;
    std::vector<card::mynumber::Warning> warnings;
    card::mynumber::Hierarchy hierarchy = card::mynumber::Hierarchy::unknown;
    card::mynumber::Genuineness genuineness;
    std::optional<face::Template> reference;
    std::optional<visit::FaceReady> face;
    std::vector<liveness::Evidence> liveness = liveness::all_kinds({});

    // Open, and able to verify with this card as far as it is known.
    std::vector<Method> offered() const { return without_closed(open_methods, standing, warnings); }
    Milliseconds age() const { return std::chrono::duration_cast<Milliseconds>(SteadyClock::now() - begun); }
};

} // namespace kaomon::session
