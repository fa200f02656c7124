// A camera as the daemon sees it, whatever stands behind it (V4L2, stills played as a moving camera).
#pragma once

#include "drivers/camera/frame.hpp"

#include <memory>
#include <string>

namespace kaomon::camera {

// How far a lease can be set brighter or darker than the camera's own choice, in stops (each doubles the
// light).
struct ExposureRange {
    float lowest = 0, highest = 0; // both 0: not supported, which is normal
    bool supported() const noexcept { return lowest < highest; }
};

// The right to stream; the camera is dark without one. Thread-bound, interrupt() aside.
class CameraLease {
  public:
    CameraLease() = default;
    CameraLease(const CameraLease&) = delete;
    CameraLease& operator=(const CameraLease&) = delete;
    virtual ~CameraLease() = default;

    // The newest frame that was not handed out yet; older ones are dropped. Blocks until there is one.
    // Reasons: camera_silent (nothing by `until`), camera_lost, camera_error, cancelled (interrupted).
    virtual Result<Frame> next(Instant until) = 0;
    // What expose() can do. Asks the device at the first call.
    virtual ExposureRange exposure_range() { return {}; }
    // `stops` within that range, 0: the camera's own choice. Shows some frames later and ends with the lease.
    // Reasons: camera_error, camera_lost; the stream goes on.
    virtual Result<void> expose(float stops);
    // Ends next() at once, also the next one if none is running. Thread-safe.
    virtual void interrupt() noexcept = 0;
};

inline Result<void> CameraLease::expose(float) {
    return fail(Reason::camera_error, "this camera's exposure cannot be set");
}

class Camera {
  public:
    Camera() = default;
    Camera(const Camera&) = delete;
    Camera& operator=(const Camera&) = delete;
    virtual ~Camera() = default;

    // Stable name: a by-id link for V4L2. Reentrant.
    virtual std::string id() const = 0;
    virtual bool simulated() const noexcept = 0;
    // Open means that the first frame has arrived. Reasons: no_camera, camera_busy, camera_unsuitable,
    // camera_silent, camera_error.
    virtual Result<std::unique_ptr<CameraLease>> open(Instant until) = 0;
};

} // namespace kaomon::camera
