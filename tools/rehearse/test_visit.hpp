// A whole visit on the real camera with a simulated card: the person standing there is photographed, a card
// with that photograph is issued in memory, and the visit is done as the daemon does it. Nothing of it is
// kept.
#pragma once

#include "daemon/face/pipeline.hpp"
#include "daemon/photo/decoder.hpp"
#include "drivers/camera/camera.hpp"

#include <functional>

namespace kaomon::rehearse {

struct Stages {             // milliseconds
    double first_frame = 0; // camera asked until its first frame is here
    double card = 0;        // free data to the chip's answer, in process
    double photograph = 0;  // bytes of the record until the reference template
    double face = 0;        // looking again until the probe
    double comparison = 0;
};

struct Visit {
    Reason reason = Reason::internal_error; // match, or why not
    Stages stages;
    bool verified() const noexcept { return reason == Reason::match; }
};

struct Parts {
    camera::Camera& camera;
    face::Pipeline& pipeline;
    photo::Decoder& decoder;
    face::Gate gate{};
    Milliseconds patience{15'000}; // for a good view of a face, twice
};

// `hint` is called when what the person should do changes. Reasons: the camera's, no_face and the other hints
// where no good view came in time, internal_error. Thread-bound.
Result<Visit> visit(const Parts& parts, Date today, const std::function<void(Reason)>& hint);

} // namespace kaomon::rehearse
