#include "daemon/wiring/camera.hpp"

#include "drivers/camera/simulated/camera.hpp"
#include "drivers/camera/v4l2/camera.hpp"

namespace kaomon::wiring {

Result<std::unique_ptr<camera::Camera>> make_camera(const config::Camera& config) {
    if (config.source == "simulated") {
        const auto presentation = camera::simulated::presentation_from_word(config.presentation);
        if (!presentation) // config knows the same words
            return fail(Reason::internal_error, "an unknown presentation");
        return camera::simulated::make_simulated_camera({.stills = config.stills,
                                                         .width = config.width,
                                                         .height = config.height,
                                                         .rate = config.rate,
                                                         .seed = config.seed,
                                                         .fault_fifo = config.fault,
                                                         .presentation = *presentation});
    }
    return camera::v4l2::make_v4l2_camera(
        {.device = config.device, .width = config.width, .height = config.height, .rate = config.rate});
}

} // namespace kaomon::wiring
