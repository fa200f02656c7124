// From the configuration to the camera: real, or stills played as one.
#pragma once

#include "daemon/config/config.hpp"
#include "drivers/camera/camera.hpp"
#include "drivers/camera/origin/record.hpp"

#include <functional>

namespace kaomon::wiring {

// Not opened yet. `record`: the file of the accepted camera; without it any physical camera will do, for
// tools that look at cameras. Reasons: config_invalid (simulated: a still that cannot be played), no_camera.
Result<std::unique_ptr<camera::Camera>> make_camera(const config::Camera& config,
                                                    const std::filesystem::path& record = {});

// The check of the desk's camera against its record: looks at it, accepts it. Both answer within two seconds
// (camera_error: the driver hangs), and are empty for a simulated camera. Thread-safe.
struct OriginCheck {
    std::function<camera::origin::Report()> look;
    std::function<Result<camera::origin::Identity>(std::string_view id)> accept;
};
OriginCheck origin_check(const config::Camera& config, const std::filesystem::path& record);

// Of the accepted camera, in the state folder.
std::filesystem::path camera_record(const config::Config& config);

// Whether the configured one is there, without a picture of it: no_camera. Reentrant.
std::optional<Reason> camera_missing(const config::Camera& config);

} // namespace kaomon::wiring
