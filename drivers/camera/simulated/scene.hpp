// What the simulated camera delivers as its nth frame: no clock, no faults, no threads.
#pragma once

#include "drivers/base/image.hpp"
#include "drivers/camera/frame.hpp"
#include "drivers/camera/simulated/camera.hpp"
#include "drivers/camera/simulated/canvas.hpp"
#include "drivers/camera/simulated/performance.hpp"
#include "drivers/camera/simulated/sensor.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace kaomon::camera::simulated {

// Shared by all leases of a camera.
struct Stage {
    Settings settings;
    std::vector<Canvas> stills; // at least one
};

// The sensor's fixed point ends at a doubling of the grey levels, motion included.
inline constexpr ExposureRange scene_exposure{-2, 1.9F};

// Thread-bound.
class Scene {
  public:
    Scene(std::shared_ptr<const Stage> stage, std::uint64_t lease_number);
    // Bytes in the settings' pixel format. The same arguments after the same requests give the same bytes.
    SecretBytes frame(std::uint64_t number, bool black);
    // Of the person, seconds after frame 0; in the order of their time.
    void ask(fault::Ask what, double seconds) { performance_.ask(what, seconds); }
    // The colour of the patient's screen, from the next frame on.
    void light(const Rgb& colour) { performance_.light(colour); }
    // From the next frame on, within scene_exposure.
    void expose(float stops) noexcept;

  private:
    void look(std::uint64_t number, bool black);

    std::shared_ptr<const Stage> stage_;
    std::size_t first_still_;
    Motion motion_;
    Performance performance_;
    Sensor sensor_;
    Image picture_, fading_;
    float brightness_ = 1;
};

} // namespace kaomon::camera::simulated
