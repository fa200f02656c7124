#include "drivers/camera/simulated/camera.hpp"

#include "drivers/camera/simulated/condition.hpp"
#include "drivers/camera/simulated/lease.hpp"

#include <atomic>

namespace kaomon::camera::simulated {
namespace {

class PlayedStills final : public SimulatedCamera {
  public:
    PlayedStills(std::shared_ptr<const Stage> stage, std::shared_ptr<Condition> condition)
        : stage_(std::move(stage)), condition_(std::move(condition)) {}

    std::string id() const override { return "simulated:" + std::to_string(stage_->settings.seed); }
    bool simulated() const noexcept override { return true; }

    void ask(fault::Ask what) override { condition_->tell({.verb = fault::Verb::ask, .ask = what}); }
    void light(const fault::Rgb& colour) override {
        condition_->tell({.verb = fault::Verb::light, .light = colour});
    }

    Result<std::unique_ptr<CameraLease>> open(Instant until) override {
        if (in_use_->exchange(true))
            return fail(Reason::camera_busy, "the simulated camera has a lease already");
        auto lease = std::make_unique<Lease>(Scene(stage_, leases_++), stage_->settings, condition_, in_use_);
        if (auto first = lease->wait_for_frame(until); !first) {
            // Unplugged already: the camera is not there.
            if (first.error().reason == Reason::camera_lost)
                first.error().reason = Reason::no_camera;
            return std::unexpected(first.error());
        }
        return lease;
    }

  private:
    std::shared_ptr<const Stage> stage_;
    std::shared_ptr<Condition> condition_; // the one lease's, tell() aside
    std::shared_ptr<std::atomic<bool>> in_use_ = std::make_shared<std::atomic<bool>>(false);
    std::uint64_t leases_ = 0;
};

bool in_range(const Settings& settings) {
    const bool size = settings.width >= 160 && settings.width <= 4096 && settings.width % 2 == 0 &&
                      settings.height >= 120 && settings.height <= 4096;
    return size && settings.rate >= 1 && settings.rate <= 120;
}

} // namespace

Result<std::unique_ptr<SimulatedCamera>> make_simulated_camera(const Settings& settings) {
    if (settings.stills.empty())
        return fail(Reason::config_invalid, "the simulated camera needs a still");
    if (!in_range(settings))
        return fail(Reason::config_invalid, "the simulated camera's size or rate is out of range");
    auto stage = std::make_shared<Stage>(Stage{settings, {}});
    for (const auto& name : settings.stills) {
        auto still = load_still(name, settings.width, settings.height, seat_of(settings.presentation));
        if (!still)
            return std::unexpected(still.error());
        stage->stills.push_back(std::move(*still));
    }
    auto condition = Condition::watch(settings.fault_fifo);
    if (!condition)
        return std::unexpected(condition.error());
    return std::make_unique<PlayedStills>(std::move(stage),
                                          std::make_shared<Condition>(std::move(*condition)));
}

} // namespace kaomon::camera::simulated
