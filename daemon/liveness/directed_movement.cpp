#include "daemon/liveness/directed_movement.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kaomon::liveness {
namespace {

constexpr Milliseconds reaction{150}; // Luce 1986: simple reactions of adults to light take 190 ms and more
constexpr Milliseconds rest_time{300}, before_request{500};
constexpr Milliseconds way_back{3000};          // who stays turned for longer is asked from there
constexpr float rest_range = 3;                 // degrees: a calm head sways by so much
constexpr float side_turn = 8, upright_nod = 7; // degrees
constexpr float calm_range = 6;                 // degrees
constexpr Milliseconds whole_sway{3500}, remembered{10'000}; // of who moves about: there and back
constexpr float begun = 0.4F;                                // of that
constexpr float dominant = 1.25F;                            // over the other axis

constexpr float least_turn = 2.5F, best_turn = 5, most_turn = 10; // degrees, between views that are compared
constexpr float least_significance = 5, most_residual = 0.25F, least_part = 0.5F;
constexpr int confirmed = 2;
constexpr Milliseconds between_views{80};
constexpr std::size_t most_views = 12;

// Of the person's left (the picture's right), or of up.
float along(Movement movement, float yaw, float pitch) {
    switch (movement) {
    case Movement::left:
        return yaw;
    case Movement::right:
        return -yaw;
    case Movement::up:
        return pitch;
    case Movement::down:
        break;
    }
    return -pitch;
}

// The mean of the poses in the time of a rest before `last`, if they were there and near each other.
std::optional<PoseSample> rest_before(std::span<const PoseSample> poses, std::size_t last) {
    PoseSample sum{poses[last].captured, 0, 0}, lowest = poses[last], highest = poses[last];
    std::size_t first = last + 1;
    while (first > 0 && poses[last].captured - poses[first - 1].captured <= rest_time) {
        const PoseSample& one = poses[--first];
        sum.yaw += one.yaw, sum.pitch += one.pitch;
        lowest.yaw = std::min(lowest.yaw, one.yaw), lowest.pitch = std::min(lowest.pitch, one.pitch);
        highest.yaw = std::max(highest.yaw, one.yaw), highest.pitch = std::max(highest.pitch, one.pitch);
    }
    const bool whole = first > 0; // there is one older than that
    if (!whole || highest.yaw - lowest.yaw > rest_range || highest.pitch - lowest.pitch > rest_range)
        return std::nullopt;
    const auto count = static_cast<float>(last + 1 - first);
    return PoseSample{sum.captured, sum.yaw / count, sum.pitch / count};
}

// Of the movement that counts: to a side, upright.
std::pair<float, float> parts(const PoseSample& now, const PoseSample& rest) {
    return {(now.yaw - rest.yaw) / side_turn, (now.pitch - rest.pitch) / upright_nod};
}

// Half a movement beyond what is usual, on the side that it goes to?
bool leads_out(const PoseSample& now, const PoseRange& usual, bool sideways, float side, float nod) {
    constexpr float half = 0.5F;
    if (sideways)
        return side > 0 ? now.yaw >= usual.most_yaw + half * side_turn
                        : now.yaw <= usual.least_yaw - half * side_turn;
    return nod > 0 ? now.pitch >= usual.most_pitch + half * upright_nod
                   : now.pitch <= usual.least_pitch - half * upright_nod;
}

} // namespace

void PoseRange::add(const PoseSample& one) noexcept {
    least_yaw = std::min(least_yaw, one.yaw), most_yaw = std::max(most_yaw, one.yaw);
    least_pitch = std::min(least_pitch, one.pitch), most_pitch = std::max(most_pitch, one.pitch);
}

std::optional<PoseRange> range_of(std::span<const PoseSample> poses) noexcept {
    if (poses.empty())
        return std::nullopt;
    const PoseSample& first = poses.front();
    PoseRange range{first.yaw, first.yaw, first.pitch, first.pitch};
    for (const PoseSample& one : poses)
        range.add(one);
    return range;
}

bool known_well(std::span<const PoseSample> unasked) noexcept {
    const auto range = range_of(unasked);
    return !range || range->size() <= calm_range ||
           unasked.back().captured - unasked.front().captured >= whole_sway;
}

std::optional<Moved> first_movement(std::span<const PoseSample> poses, Instant shown,
                                    const std::optional<PoseRange>& usual) noexcept {
    std::optional<PoseSample> rest;
    bool moving = false;
    for (std::size_t i = 0; i < poses.size(); ++i) {
        const PoseSample& now = poses[i];
        if (!rest) {
            rest = rest_before(poses, i);
            moving = false;
            continue;
        }
        const auto [side, nod] = parts(now, *rest);
        const float most = std::max(std::abs(side), std::abs(nod));
        if (most < begun) {
            moving = false;
            continue;
        }
        if (!moving && now.captured < shown + reaction) {
            rest.reset(); // on its own
            continue;
        }
        moving = true;
        if (most < 1 || most < dominant * std::min(std::abs(side), std::abs(nod)))
            continue;
        if (usual && !leads_out(now, *usual, std::abs(side) > std::abs(nod), side, nod))
            continue;
        if (std::abs(side) > std::abs(nod))
            return Moved{side > 0 ? Movement::left : Movement::right, *rest};
        return Moved{nod > 0 ? Movement::up : Movement::down, *rest};
    }
    return std::nullopt;
}

int agreement(const ReliefShift& shift, Movement movement, float turned) noexcept {
    const float part = along(movement, shift.right, -shift.down);
    const bool clear = shift.significance >= least_significance && shift.residual <= most_residual &&
                       std::abs(part) >= least_part * std::hypot(shift.right, shift.down);
    if (!clear || std::abs(turned) < least_turn)
        return 0;
    return (part > 0) == (turned > 0) ? 1 : -1;
}

void DirectedMovement::reset_for_new_face() {
    request_.reset();
    answer_ = Answer::none;
    from_.reset();
    row_ = 0;
    poses_.clear();
    unasked_.clear();
    views_.clear();
    compared_.reset();
    finding_.reset_for_new_face();
}

void DirectedMovement::asked(const Request& request) {
    if (answer_ != Answer::right)
        row_ = 0;
    request_ = request;
    from_.reset();
    answer_ = Answer::none;
    along_ = against_ = 0;
    views_.clear();
    compared_.reset();
}

void DirectedMovement::add_face(const FaceView& view) {
    const bool open = request_ && answer_ == Answer::none && view.captured - request_->shown <= answer_time;
    std::erase_if(poses_, [&](const PoseSample& one) {
        return (open ? request_->shown : view.captured) - one.captured > before_request;
    });
    poses_.push_back({view.captured, view.face.quality.yaw, view.face.quality.pitch});
    if (from_) {
        const auto [side, nod] = parts(poses_.back(), *from_);
        if (std::max(std::abs(side), std::abs(nod)) < begun || view.captured - from_->captured > way_back)
            from_.reset();
    }
    if (!open) {
        if (!from_) {
            std::erase_if(unasked_,
                          [&](const PoseSample& one) { return view.captured - one.captured > remembered; });
            unasked_.push_back(poses_.back());
        }
        return;
    }
    confirm(view);
    const auto movement = first_movement(poses_, request_->shown, range_of(unasked_));
    if (!movement)
        return;
    if (movement->to != request_->movement) {
        answer_ = Answer::wrong;
        row_ = 0;
    } else if (along_ >= confirmed && along_ > 2 * against_) {
        answer_ = Answer::right;
        if (++row_ >= request_->in_a_row)
            finding_.note({Kind::directed_movement, Outcome::pass, 0});
    }
    if (answer_ != Answer::none)
        from_ = PoseSample{view.captured, movement->from.yaw, movement->from.pitch};
}

// By the picture: is it a head that turns, and to the side that the mesh says?
void DirectedMovement::confirm(const FaceView& view) {
    const auto turned = [&](const ReliefView& one) {
        return along(request_->movement, view.face.quality.yaw - one.yaw,
                     view.face.quality.pitch - one.pitch);
    };
    const auto far_from_best = [&](const ReliefView& one) {
        return std::abs(std::abs(turned(one)) - best_turn);
    };
    if (!compared_ || view.captured - *compared_ >= between_views) {
        const auto best = std::ranges::min_element(views_, {}, far_from_best);
        if (best != views_.end() && std::abs(turned(*best)) >= least_turn &&
            std::abs(turned(*best)) <= most_turn) {
            compared_ = view.captured;
            if (const auto shift = relief_shift(*best, view.crop, view.face)) {
                const int side = agreement(*shift, request_->movement, turned(*best));
                along_ += side > 0 ? 1 : 0;
                against_ += side < 0 ? 1 : 0;
            }
        }
    }
    if (views_.empty() || view.captured - views_.back().captured >= between_views) {
        if (views_.size() == most_views)
            views_.pop_front();
        views_.push_back(relief_view(view.crop, view.face, view.captured));
    }
}

} // namespace kaomon::liveness
