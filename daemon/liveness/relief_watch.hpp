// Earlier views of a face, each new one held against one of them: does the relief of a head show?
#pragma once

#include "daemon/liveness/detector.hpp"
#include "daemon/liveness/relief.hpp"

#include <deque>
#include <optional>
#include <span>

namespace kaomon::liveness {

// Whether a shift shows a head: far beyond noise, from views that fit upon each other, and large for so small
// a change of pose (what is left over of a sheet that turns is small).
bool shows_relief(const ReliefShift& shift) noexcept;
// Whether the newest shifts do: four of ten. Reentrant, both of them.
bool shows_relief(std::span<const ReliefShift> shifts) noexcept;
// 10
extern const std::size_t shifts_looked_at;

// Thread-bound.
class ReliefWatch {
  public:
    // Takes a view now and then, and compares with one. The shift where there was one.
    std::optional<ReliefShift> add(const FaceView& view);
    bool shown() const noexcept { return shown_; }
    void reset();

  private:
    const ReliefView* choose(const FaceView& view);

    std::deque<ReliefView> views_; // the newest last
    std::optional<Instant> compared_;
    SecretVector<ReliefShift> shifts_; // the newest last
    std::size_t turn_ = 0;             // whose turn it is among views that are all alike
    bool shown_ = false;
};

} // namespace kaomon::liveness
