// A simulated stream: the clock decides which frame is due, the scene what it shows, faults what becomes of
// it.
#pragma once

#include "drivers/camera/interrupt.hpp"
#include "drivers/camera/simulated/condition.hpp"
#include "drivers/camera/simulated/scene.hpp"

#include <atomic>
#include <memory>

namespace kaomon::camera::simulated {

// Thread-bound, interrupt() aside.
class Lease final : public CameraLease {
  public:
    // `in_use` is set to false at the end.
    Lease(Scene scene, const Settings& settings, std::shared_ptr<Condition> condition,
          std::shared_ptr<std::atomic<bool>> in_use);
    ~Lease() override;

    Result<Frame> next(Instant until) override;
    ExposureRange exposure_range() override { return scene_exposure; }
    Result<void> expose(float stops) override {
        scene_.expose(stops);
        return {};
    }
    void interrupt() noexcept override { interrupt_.ring(); }

    // The number of the newest frame that is due and was not handed out; blocks until there is one.
    Result<std::uint64_t> wait_for_frame(Instant until);

  private:
    using Interval = std::chrono::nanoseconds;
    Instant exposed(std::uint64_t number) const {
        return start_ + static_cast<std::int64_t>(number) * interval_;
    }
    Instant due(std::uint64_t number) const { return exposed(number + 1) + condition_->delay(); }
    void sleep(Instant until);

    Scene scene_;
    PixelFormat format_;
    int width_, height_;
    Interval interval_;
    Instant start_;
    std::shared_ptr<Condition> condition_;
    std::shared_ptr<std::atomic<bool>> in_use_;
    Interrupt interrupt_;
    std::uint64_t next_number_ = 0; // lowest that may be handed out
    std::uint64_t shown_ = 0;       // the content of the last frame handed out: what a frozen camera repeats
};

} // namespace kaomon::camera::simulated
