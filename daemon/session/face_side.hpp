// The camera's part of a verification, as the desk drives it. Commands go in, events come back on the desk's
// thread.
#pragma once

#include "daemon/face/template.hpp"
#include "daemon/liveness/evidence.hpp"
#include "drivers/base/result.hpp"
#include "drivers/base/secret.hpp"

#include <functional>
#include <variant>
#include <vector>

namespace kaomon::session {

struct FaceHint {
    Reason hint;
};
struct FaceReady { // the fused best views of the live face
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
using FaceEvent = std::variant<FaceHint, FaceReady, FaceFailed, ReferenceReady, ReferenceFailed>;

class FaceSide {
  public:
    FaceSide() = default;
    FaceSide(const FaceSide&) = delete;
    FaceSide& operator=(const FaceSide&) = delete;
    virtual ~FaceSide() = default;

    // Leases the camera and looks until a probe is there, end() or a fault.
    virtual void begin(std::uint64_t visit) = 0;
    virtual void reference(SecretBytes photo) = 0;
    // Stops within one frame, lets go of the camera, wipes.
    virtual void end() = 0;
};

using FaceEventSink = std::function<void(std::uint64_t visit, FaceEvent)>;

} // namespace kaomon::session
