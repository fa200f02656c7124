// The face's part of a verification, as the desk drives it. Commands go in, events come back on the desk's
// thread.
#pragma once

#include "daemon/capture/light.hpp"
#include "daemon/visit/face_event.hpp"
#include "daemon/visit/preview.hpp"
#include "drivers/base/secret.hpp"
#include "drivers/camera/frame_count.hpp"

#include <cstdint>
#include <functional>

namespace kaomon::session {

class FaceSide {
  public:
    FaceSide() = default;
    FaceSide(const FaceSide&) = delete;
    FaceSide& operator=(const FaceSide&) = delete;
    virtual ~FaceSide() = default;

    // Leases the camera and looks until a probe is there, end() or a fault.
    virtual void begin(std::uint64_t visit) = 0;
    virtual void reference(SecretBytes photo) = 0;
    // What the patient screen can do, and what it has shown so far. Forgotten at begin().
    virtual void light(const capture::Light& /*now*/) {}
    // What the camera sees from now on, made small, on the face's thread; empty: nobody looks.
    virtual void preview(visit::PreviewSink /*sink*/) {}
    // Stops within one frame, lets go of the camera, wipes.
    virtual void end() = 0;
    // Frames since the daemon began: looked at, and passed over because a newer one was there.
    virtual camera::FrameCount frames() const { return {}; }
};

using FaceEventSink = std::function<void(std::uint64_t visit, visit::FaceEvent)>;

} // namespace kaomon::session
