// Candidates for those who have none on the table: the simulated camera in a room whose light can be changed,
// with one fault.
#pragma once

#include "drivers/camera/camera.hpp"
#include "proto/words.hpp"
#include "tools/clinic/choose/guide.hpp"

#include <filesystem>
#include <memory>

namespace kaomon::choose {

enum class CameraFault : unsigned char {
    none,
    dark_noisy, // sees little where there is little light, and that with noise
    low_rate,   // 8 frames a second
    blurred,    // out of focus
    vanishes,   // is gone after a hundred frames
};
consteval auto words_of(CameraFault) {
    return in_words("none", "dark-noisy", "low-rate", "blurred", "vanishes");
}

class SimulatedCameraStand {
  public:
    // `still`: a JPEG with a face, which stands before the camera. Reason: config_invalid.
    static Result<std::unique_ptr<SimulatedCameraStand>> make(CameraFault fault,
                                                              const std::filesystem::path& still);
    virtual ~SimulatedCameraStand() = default;

    virtual camera::Camera& camera() = 0;
    virtual void set_light(Light light) = 0; // thread-bound, like the lease
};

} // namespace kaomon::choose
