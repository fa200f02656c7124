#include "drivers/camera/v4l2/camera.hpp"

#include "drivers/camera/v4l2/admission.hpp"
#include "drivers/camera/v4l2/scan.hpp"
#include "drivers/camera/v4l2/stream.hpp"

#include <algorithm>
#include <mutex>

namespace kaomon::camera::v4l2 {
namespace {

class V4l2Camera final : public Camera {
  public:
    explicit V4l2Camera(Settings settings) : settings_(std::move(settings)), id_(settings_.device) {
        settings_.rate = std::clamp(settings_.rate, 1, 120);
    }

    std::string id() const override {
        const std::scoped_lock lock(mutex_);
        return id_.empty() ? "v4l2" : id_;
    }
    bool simulated() const noexcept override { return settings_.allow_virtual; }

    Result<std::unique_ptr<CameraLease>> open(Instant until) override {
        auto lease = stream(until);
        // Gone between two calls of opening it: to the caller it is simply not there.
        if (!lease && lease.error().reason == Reason::camera_lost)
            lease.error().reason = Reason::no_camera;
        return lease;
    }

  private:
    Result<std::unique_ptr<CameraLease>> stream(Instant until) {
        const auto found = find(settings_.device);
        if (!found)
            return std::unexpected(found.error());
        auto device = Device::open(found->path, settings_.budget);
        if (!device)
            return std::unexpected(device.error());
        if (const auto admitted = admit(*device, found->path, settings_); !admitted)
            return std::unexpected(admitted.error());
        const auto format = agree_on_format(*device, settings_.width, settings_.height, settings_.rate);
        if (!format)
            return std::unexpected(format.error());
        auto lease = Stream::start(std::move(*device), *format, until);
        if (lease) {
            const std::scoped_lock lock(mutex_);
            id_ = found->id;
        }
        return lease;
    }

    Settings settings_;
    mutable std::mutex mutex_;
    std::string id_; // the configured name, or the one that open() found
};

} // namespace

std::unique_ptr<Camera> make_v4l2_camera(Settings settings) {
    return std::make_unique<V4l2Camera>(std::move(settings));
}

} // namespace kaomon::camera::v4l2
