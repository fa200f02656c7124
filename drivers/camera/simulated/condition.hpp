// What faults have made of a simulated camera.
#pragma once

#include "drivers/base/clock.hpp"
#include "drivers/base/result.hpp"
#include "drivers/fault/fault_line.hpp"
#include "drivers/fault/fault_schedule.hpp"

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace kaomon::camera::simulated {

// Thread-bound, tell() aside.
class Condition {
  public:
    // An empty path: no FIFO, a camera without faults. Reason: config_invalid.
    static Result<Condition> watch(const std::filesystem::path& fifo);

    int descriptor() const noexcept {
        return line_ ? line_->descriptor() : -1;
    } // for poll(): faults may have come
    // As if it had come through the FIFO. Thread-safe.
    void tell(const fault::Fault& fault);
    void refresh();     // takes what has come
    void frame_comes(); // one more frame is about to be handed out
    // Why no frame can come: camera_lost (unplugged), camera_error.
    Result<void> usable() const;

    bool black() const noexcept { return black_; }
    bool frozen() const noexcept { return frozen_; }
    bool mute() const noexcept { return mute_; }
    Milliseconds delay() const noexcept { return delay_; }
    const fault::Rgb& light() const noexcept { return light_; } // of the patient's screen
    // What the person was asked for since the last call, in its order.
    std::vector<fault::Ask> take_asked() { return std::exchange(asked_, {}); }

  private:
    // A card's faults (insert, pull) change nothing; clear ends all, an unplugged cable too.
    void apply(const fault::Fault& fault);

    std::optional<fault::FaultLine> line_;
    fault::FaultSchedule schedule_;
    bool unplugged_ = false, black_ = false, frozen_ = false, mute_ = false;
    Milliseconds delay_{0};
    std::optional<unsigned> error_; // an errno
    std::vector<fault::Ask> asked_;
    fault::Rgb light_{};
    struct Told {
        std::mutex mutex;
        std::vector<fault::Fault> waiting;
    };
    std::unique_ptr<Told> told_ = std::make_unique<Told>();
};

} // namespace kaomon::camera::simulated
