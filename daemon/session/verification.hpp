// Everything that one running verification knows. Gone, and wiped, with its verdict.
#pragma once

#include "daemon/session/card_side.hpp"
#include "daemon/session/desk.hpp"
#include "daemon/session/face_side.hpp"

namespace kaomon::session {

struct Verification {
    SessionId id;
    std::uint64_t visit = 0;
    Request request;
    Desk::Listener listener;
    Instant begun, deadline;
    State state = State::idle;
    bool access_is_final = false;                      // it came with the request: refused means ended
    std::optional<card::mynumber::AccessParts> access; // waiting to be used

    std::optional<Reason> hint;
    std::optional<Reason> face_hint; // the camera's last word, told while looking
    std::optional<std::uint8_t> tries_left;
    card::mynumber::Hierarchy hierarchy = card::mynumber::Hierarchy::unknown;
    card::mynumber::Genuineness genuineness;
    std::optional<face::Template> reference;
    std::optional<FaceReady> face;
    std::vector<liveness::Evidence> liveness = liveness::all_kinds({});
};

} // namespace kaomon::session
