#include "daemon/liveness/directed_movement.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kaomon::liveness {
namespace {

constexpr Milliseconds reaction{150}; // Luce 1986: simple reactions of adults to light take 190 ms and more
constexpr Milliseconds rest_time{300}, before_request{500};
constexpr float rest_range = 3;                 // degrees: a calm head sways by so much
constexpr float side_turn = 8, upright_nod = 7; // degrees
constexpr float begun = 0.4F;                   // of that
constexpr float dominant = 1.25F;               // over the other axis

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

} // namespace

std::optional<Movement> first_movement(std::span<const PoseSample> poses, Instant shown) noexcept {
    std::optional<PoseSample> rest;
    bool moving = false;
    for (std::size_t i = 0; i < poses.size(); ++i) {
        const PoseSample& now = poses[i];
        if (!rest) {
            rest = rest_before(poses, i);
            moving = false;
            continue;
        }
        const float side = (now.yaw - rest->yaw) / side_turn, nod = (now.pitch - rest->pitch) / upright_nod;
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
        if (std::abs(side) > std::abs(nod))
            return side > 0 ? Movement::left : Movement::right;
        return nod > 0 ? Movement::up : Movement::down;
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
    row_ = 0;
    poses_.clear();
    views_.clear();
    compared_.reset();
    finding_.reset_for_new_face();
}

void DirectedMovement::asked(const Request& request) {
    if (answer_ != Answer::right)
        row_ = 0;
    request_ = request;
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
    if (!open)
        return;
    confirm(view);
    const std::vector<PoseSample> poses(poses_.begin(), poses_.end());
    const auto movement = first_movement(poses, request_->shown);
    if (!movement)
        return;
    if (*movement != request_->movement) {
        answer_ = Answer::wrong;
        row_ = 0;
    } else if (along_ >= confirmed && along_ > 2 * against_) {
        answer_ = Answer::right;
        if (++row_ >= request_->in_a_row)
            finding_.note({Kind::directed_movement, Outcome::pass, 0});
    }
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
