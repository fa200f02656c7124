// What a leased camera shows of the person before it, exposed for the face as the desk does.
#pragma once

#include "daemon/face/stream.hpp"
#include "drivers/camera/camera.hpp"
#include "drivers/camera/metering.hpp"

namespace kaomon::rehearse {

struct View {
    Image picture;
    Result<face::Observation> face; // or why there is none
};

// Thread-bound to the pipeline's thread.
class Viewer {
  public:
    Viewer(camera::CameraLease& lease, face::Pipeline& pipeline)
        : lease_(lease), stream_(pipeline), metering_(lease.exposure_range()) {}

    // The next frame that can be decoded. Reasons: the camera's.
    Result<View> next(Instant until);

  private:
    camera::CameraLease& lease_;
    face::Stream stream_;
    camera::Metering metering_;
};

} // namespace kaomon::rehearse
