// An open V4L2 device: every ioctl has a name and a time budget.
#pragma once

#include "drivers/base/clock.hpp"
#include "drivers/base/result.hpp"
#include "drivers/base/unique_fd.hpp"

#include <expected>
#include <filesystem>

namespace kaomon::camera::v4l2 {

// Why an ioctl did not do its work. `error` is its errno; ETIME when it did, but too late to be trusted.
struct CallFailure {
    int error = 0;
    Failure failure;
};

// Thread-bound.
class Device {
  public:
    // Opens a capture device that streams. Reasons: no_camera, camera_busy, camera_unsuitable, camera_error.
    static Result<Device> open(const std::filesystem::path& path, Milliseconds budget);

    int descriptor() const noexcept { return descriptor_.get(); }
    // `name` as in the V4L2 manual: it stands in the failure's detail. Repeated when a signal interrupts it.
    std::expected<void, CallFailure> call(unsigned long request, const char* name, void* argument) const;

  private:
    Device(UniqueFd descriptor, Milliseconds budget) noexcept
        : descriptor_(std::move(descriptor)), budget_(budget) {}
    UniqueFd descriptor_;
    Milliseconds budget_;
};

} // namespace kaomon::camera::v4l2
