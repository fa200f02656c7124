// The photograph of whoever stands before the camera, for the card of a test visit.
#pragma once

#include "drivers/card/simulated/portrait.hpp"
#include "tools/clinic/rehearse/desk.hpp"

#include <functional>

namespace kaomon::rehearse {

struct Sitter {
    Image picture;
    card::simulated::Crop portrait; // head and shoulders, 4:5, as far as the picture goes
};

// `hint` is called when what the person should do changes. Reasons: the camera's; no_face and the other hints
// where no good view came in time. Thread-bound to the pipeline's thread.
Result<Sitter> photograph_sitter(const Desk& desk, const std::function<void(Reason)>& hint);

} // namespace kaomon::rehearse
