// What staff beside the desk is shown of the visit that runs.
#pragma once

#include "daemon/match/verdict.hpp"
#include "daemon/session/attempt.hpp"
#include "daemon/session/state.hpp"
#include "drivers/base/clock.hpp"
#include "drivers/card/mynumber/warning.hpp"
#include "proto/attribute.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kaomon::session {

struct LastVerdict { // of the visit before
    match::Decision decision;
    Method method;
    Reason reason;
    friend bool operator==(const LastVerdict&, const LastVerdict&) = default;
};

struct StaffView {
    State state = State::idle;
    std::optional<Reason> hint{};  // what a person can do now, patient or staff
    std::vector<Method> methods{}; // that can still verify
    std::optional<std::uint8_t> tries_left{}, pin_tries_left{};
    std::optional<Milliseconds> retry_after{}; // as in Update
    std::optional<Date> card_expiry{};         // to hold the printed card against
    std::vector<Attempt> earlier{};
    std::vector<card::mynumber::Warning> warnings{};
    std::vector<Attribute> attributes{}; // that the caller wants to know
    std::optional<bool> consent{};       // to that, as far as somebody answered
    std::string purpose{};               // its word
    bool help = false;                   // the patient has called the staff
    std::optional<LastVerdict> last{};
    friend bool operator==(const StaffView&, const StaffView&) = default;
};

} // namespace kaomon::session
