// What the face's part of a visit comes to, step by step.
#pragma once

#include "daemon/face/template.hpp"
#include "daemon/liveness/evidence.hpp"
#include "drivers/base/result.hpp"

#include <variant>
#include <vector>

namespace kaomon::visit {

struct FaceHint {
    Reason hint;
};
struct FaceWantsLight {}; // the patient screen should show its colours now
struct FaceReady {        // the fused best views of the live face
    face::Template probe;
    std::vector<liveness::Evidence> liveness;
};
struct FaceFailed {
    Failure why;
    std::vector<liveness::Evidence> liveness;
};
struct ReferenceReady { // the card's photograph
    face::Template reference;
    std::vector<liveness::Evidence> liveness{}; // of the live views so far, now that the photograph is known
};
struct ReferenceFailed {
    Failure why;
};
using FaceEvent =
    std::variant<FaceHint, FaceWantsLight, FaceReady, FaceFailed, ReferenceReady, ReferenceFailed>;

} // namespace kaomon::visit
