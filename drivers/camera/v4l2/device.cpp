#include "drivers/camera/v4l2/device.hpp"

#include <fcntl.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace kaomon::camera::v4l2 {
namespace {

Failure failure_of(int error, const std::string& call) {
    const std::string detail = call + ": " + std::system_category().message(error);
    switch (error) {
    case ENODEV:
    case ENXIO:
        return {Reason::camera_lost, detail};
    case EBUSY:
        return {Reason::camera_busy, detail};
    default:
        return {Reason::camera_error, detail};
    }
}

Failure not_opened(int error) {
    Failure failure = failure_of(error, "open");
    if (error == ENOENT || error == ENODEV || error == ENXIO)
        failure.reason = Reason::no_camera;
    return failure;
}

} // namespace

Result<Device> Device::open(const std::filesystem::path& path, Milliseconds budget) {
    UniqueFd descriptor(::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
    if (!descriptor)
        return std::unexpected(not_opened(errno));
    Device device(std::move(descriptor), budget);
    v4l2_capability capability{};
    if (const auto asked = device.call(VIDIOC_QUERYCAP, "VIDIOC_QUERYCAP", &capability); !asked) {
        if (asked.error().error == ENOTTY || asked.error().error == EINVAL) {
            return fail(Reason::camera_unsuitable, "not a video device");
        }
        return std::unexpected(asked.error().failure);
    }
    // A UVC camera has more than one node: only one of them captures, the other carries metadata.
    const auto offers = (capability.capabilities & V4L2_CAP_DEVICE_CAPS) != 0 ? capability.device_caps
                                                                              : capability.capabilities;
    constexpr auto needed = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
    if ((offers & needed) != needed)
        return fail(Reason::camera_unsuitable, "the device does not stream pictures");
    return device;
}

std::expected<void, CallFailure> Device::call(unsigned long request, const char* name, void* argument) const {
    const Instant start = SteadyClock::now();
    int status = 0;
    do {
        status = ::ioctl(descriptor_.get(), request, argument);
    } while (status != 0 && errno == EINTR);
    const int error = errno;
    // A failure says more than its lateness does; a late success is a camera about to hang.
    if (status != 0)
        return std::unexpected(CallFailure{error, failure_of(error, name)});
    if (SteadyClock::now() - start > budget_) {
        return std::unexpected(
            CallFailure{ETIME, {Reason::camera_error, std::string(name) + ": overran its time budget"}});
    }
    return {};
}

} // namespace kaomon::camera::v4l2
