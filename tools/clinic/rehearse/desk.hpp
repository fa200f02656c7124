// The desk that is rehearsed: its devices, and the demands and the rule by which its daemon decides.
#pragma once

#include "daemon/visit/decision.hpp"
#include "daemon/visit/face_part.hpp"
#include "drivers/card/mynumber/guard.hpp"

namespace kaomon::rehearse {

struct Desk {
    visit::FaceDevices devices;
    capture::Demands demands{};
    visit::DecisionRule rule{};
    card::mynumber::MinTries min_tries{};
    Milliseconds patience{15'000}; // for a card, and for a good view of a face
};

} // namespace kaomon::rehearse
