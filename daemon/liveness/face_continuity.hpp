// Whether the face before the camera is still the one that was there.
#pragma once

#include "daemon/face/observation.hpp"
#include "drivers/base/clock.hpp"

#include <optional>

namespace kaomon::liveness {

// Thread-bound.
class FaceContinuity {
  public:
    // Frames in the order they came, with the one face of the picture if there is one. True when nothing that
    // was seen before is of the face that is there now, or comes next: it was gone for longer than half a
    // second, or it jumped.
    bool broken_by(const std::optional<face::Observation>& face, Instant captured);
    // Since when this face has been there; nothing before its first frame.
    std::optional<Instant> since() const;
    // The next face is another one.
    void forget() noexcept { seen_.reset(); }

  private:
    struct Seen {
        Instant first, last;
        face::Box box; // in the last one
    };
    std::optional<Seen> seen_;
};

} // namespace kaomon::liveness
