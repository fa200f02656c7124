// A running V4L2 stream.
#pragma once

#include "drivers/camera/camera.hpp"
#include "drivers/camera/interrupt.hpp"
#include "drivers/camera/v4l2/buffers.hpp"
#include "drivers/camera/v4l2/exposure.hpp"
#include "drivers/camera/v4l2/format.hpp"

#include <optional>

namespace kaomon::camera::v4l2 {

// Thread-bound, interrupt() aside.
class Stream final : public CameraLease {
  public:
    // Streams when it returns: the first frame has arrived. Reasons: as Camera::open().
    static Result<std::unique_ptr<CameraLease>> start(Device device, const Format& format, Instant until);
    ~Stream() override;

    Result<Frame> next(Instant until) override;
    ExposureRange exposure_range() override;
    Result<void> expose(float stops) override;
    void interrupt() noexcept override;

  private:
    struct Ready {
        std::optional<Frame> newest;
        unsigned taken = 0; // buffers that were ready, the damaged ones too
    };

    Stream(Device device, const Format& format, Buffers buffers) noexcept;
    Result<Ready> take_all_ready();
    Result<short> wait(Instant until);

    Device device_;
    Format format_;
    Buffers buffers_;
    std::optional<Exposure> exposure_; // from the first question on
    Interrupt interrupt_;
    std::optional<Frame> pending_; // the first one, until next() is called
};

} // namespace kaomon::camera::v4l2
