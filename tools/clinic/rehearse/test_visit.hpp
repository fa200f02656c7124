// A whole visit on the desk's camera with a simulated card, decided as the desk's daemon would. Nothing of it
// is kept.
#pragma once

#include "tools/clinic/rehearse/desk.hpp"
#include "tools/clinic/rehearse/simulated_card.hpp"

#include <functional>

namespace kaomon::rehearse {

struct Stages {             // milliseconds
    double first_frame = 0; // camera asked until its first frame is here
    double card = 0;        // free data to the chip's answer, in process
    double photograph = 0;  // bytes of the record until the reference template
    double face = 0;        // looking until the probe
    double comparison = 0;
};

struct Visit {
    match::Verdict verdict;
    Stages stages;
};

// One face visit with `issued` lying on `reader`. `hint` is called when what the person should do changes.
// Thread-bound to the pipeline's thread.
Visit visit(const Desk& desk, card::Reader& reader, const SimulatedCard& issued, Date today,
            const std::function<void(Reason)>& hint);

} // namespace kaomon::rehearse
