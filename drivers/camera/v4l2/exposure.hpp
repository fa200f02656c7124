// The controls by which a V4L2 camera can be made brighter or darker.
#pragma once

#include "drivers/camera/camera.hpp"
#include "drivers/camera/v4l2/device.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace kaomon::camera::v4l2 {

// The best of what the device has: the bias of its own automatic exposure; the exposure time, taken over from
// the automatic, with the gain behind it; its backlight compensation as a switch. Thread-bound.
//
// Whoever ends without restore() (SIGKILL) leaves the camera as it was set: most webcams keep that until they
// lose power.
class Exposure {
  public:
    // Never fails: a camera without such controls has no range. `interval`: between two frames; the exposure
    // time is not made longer, for the camera would drop frames then.
    static Exposure of(const Device& device, Milliseconds interval);

    ExposureRange range() const noexcept { return range_; }
    // Reasons: camera_error, camera_lost.
    Result<void> set(const Device& device, float stops);
    // As the device was found. A camera that is gone needs none.
    void restore(const Device& device) noexcept;

  private:
    struct Control {
        std::uint32_t id;
        std::int32_t lowest, highest, step;
        std::int32_t found; // its value when we came
    };
    static std::optional<Control> find(const Device& device, std::uint32_t id);
    static Result<void> write(const Device& device, const Control& control, std::int64_t value);
    Result<void> set_time(const Device& device, float stops);

    ExposureRange range_;
    std::optional<Control> bias_, mode_, time_, gain_, backlight_;
    std::vector<std::int64_t> bias_steps_; // thousandths of a stop, by the menu's index
    std::int32_t longest_time_ = 0;        // 100 us
    bool touched_ = false;
};

} // namespace kaomon::camera::v4l2
