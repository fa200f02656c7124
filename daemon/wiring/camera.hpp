// From the configuration to the camera: real, or stills played as one.
#pragma once

#include "daemon/config/config.hpp"
#include "drivers/camera/camera.hpp"

namespace kaomon::wiring {

// Not opened yet. Reasons: config_invalid (simulated: a still that cannot be played), no_camera.
Result<std::unique_ptr<camera::Camera>> make_camera(const config::Camera& config);

// Whether the configured one is there, without a picture of it: no_camera. Reentrant.
std::optional<Reason> camera_missing(const config::Camera& config);

} // namespace kaomon::wiring
