#include "daemon/wiring/camera.hpp"

#include "drivers/camera/simulated/camera.hpp"
#include "drivers/camera/v4l2/camera.hpp"
#include "drivers/camera/v4l2/scan.hpp"

namespace kaomon::wiring {

Result<std::unique_ptr<camera::Camera>> make_camera(const config::Camera& config) {
    if (config.source == camera::Source::simulated) {
        return camera::simulated::make_simulated_camera({.stills = config.stills,
                                                         .width = config.width,
                                                         .height = config.height,
                                                         .rate = config.rate,
                                                         .seed = config.seed,
                                                         .fault_fifo = config.fault,
                                                         .presentation = config.presentation});
    }
    return camera::v4l2::make_v4l2_camera(
        {.device = config.device, .width = config.width, .height = config.height, .rate = config.rate});
}

std::optional<Reason> camera_missing(const config::Camera& config) {
    if (config.source == camera::Source::simulated)
        return std::nullopt;
    const auto found = camera::v4l2::find(config.device);
    return found ? std::nullopt : std::optional(found.error().reason);
}

} // namespace kaomon::wiring
