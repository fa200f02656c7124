// From the configuration to the camera: real, or stills played as one.
#pragma once

#include "daemon/config/config.hpp"
#include "drivers/camera/camera.hpp"

namespace kaomon::wiring {

// Not opened yet. Reasons: config_invalid (simulated: a still that cannot be played), no_camera.
Result<std::unique_ptr<camera::Camera>> make_camera(const config::Camera& config);

} // namespace kaomon::wiring
