#include "daemon/liveness/relief_watch.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::liveness {
namespace {

// Measured on rendered heads that sway by 0.5 to 2 degrees and on rendered prints (decisions/0035).
constexpr float least_significance = 7;
constexpr float most_residual = 0.2F;
constexpr float least_shift = 0.12F; // pixels of the crop for an eye distance of depth, for each degree
constexpr float mesh_noise = 0.5F;   // degrees
constexpr float most_shift = 8;      // pixels: beyond, the alignment went astray
constexpr std::ptrdiff_t enough = 4;

// Twice as often asks 24 of 100 calm people for a movement instead of 32, and lets 2 of 100 bent prints pass.
constexpr Milliseconds between_views{200}, between_shifts{120};
constexpr Milliseconds view_life{3000}; // light and expression change
constexpr std::size_t most_views = 10;
constexpr float best_turn = 5, small_turn = 3, most_turn = 14; // degrees

float turn_between(const ReliefView& one, const FaceView& view) {
    return std::hypot(view.face.quality.yaw - one.yaw, view.face.quality.pitch - one.pitch);
}

} // namespace

const std::size_t shifts_looked_at = 10;

bool shows_relief(const ReliefShift& shift) noexcept {
    const float size = std::hypot(shift.right, shift.down);
    return shift.significance >= least_significance && shift.residual <= most_residual &&
           size >= least_shift * (shift.turn + mesh_noise) && size <= most_shift;
}

bool shows_relief(std::span<const ReliefShift> shifts) noexcept {
    const auto newest = shifts.last(std::min(shifts.size(), shifts_looked_at));
    return std::ranges::count_if(newest, [](const ReliefShift& one) { return shows_relief(one); }) >= enough;
}

std::optional<ReliefShift> ReliefWatch::add(const FaceView& view) {
    std::erase_if(views_, [&](const ReliefView& one) { return view.captured - one.captured > view_life; });
    std::optional<ReliefShift> shift;
    if (!compared_ || view.captured - *compared_ >= between_shifts) {
        if (const ReliefView* one = choose(view)) {
            compared_ = view.captured;
            shift = relief_shift(*one, view.crop, view.face);
        }
    }
    if (shift) {
        if (shifts_.size() == shifts_looked_at)
            shifts_.erase(shifts_.begin());
        shifts_.push_back(*shift);
        shown_ = shown_ || shows_relief(shifts_);
    }
    if (views_.empty() || view.captured - views_.back().captured >= between_views) {
        if (views_.size() == most_views)
            views_.pop_front();
        views_.push_back(relief_view(view.crop, view.face, view.captured));
    }
    return shift;
}

// The view that the head turned from by about five degrees; while it hardly turns, each in turn.
const ReliefView* ReliefWatch::choose(const FaceView& view) {
    std::vector<const ReliefView*> near;
    for (const ReliefView& one : views_) {
        if (view.captured - one.captured + Milliseconds{20} >= between_views &&
            turn_between(one, view) <= most_turn)
            near.push_back(&one);
    }
    if (near.empty())
        return nullptr;
    const auto turned = [&](const ReliefView* one) { return turn_between(*one, view); };
    if (turned(*std::ranges::max_element(near, {}, turned)) < small_turn)
        return near[turn_++ % near.size()];
    return *std::ranges::min_element(near, {}, [&](auto* one) { return std::abs(turned(one) - best_turn); });
}

void ReliefWatch::reset() {
    views_.clear();
    shifts_.clear();
    compared_.reset();
    shown_ = false;
}

} // namespace kaomon::liveness
