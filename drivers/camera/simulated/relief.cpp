#include "drivers/camera/simulated/relief.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::camera::simulated {
namespace {

// A head of average measures, in distances of its eyes (63 mm): its outline is an ellipse around a point
// below the eyes, the tip of the nose is 40 mm before the corners of the eyes.
constexpr float head_middle = 0.35F, head_across = 1.25F, head_down = 1.75F, head_deep = 1.1F;
constexpr float fade = 0.5F;  // beyond the outline, shares of the radius
constexpr float bend = 0.55F; // of a bent sheet: 1 / radius
constexpr int rounds = 8;

float bump(float x, float y, float across, float down) {
    return std::exp(-(x * x / (across * across) + y * y / (down * down)) / 2);
}

// 0 in the middle of the head, 1 on its outline.
float radius(Spot at) {
    return std::hypot(at.x / head_across, (at.y - head_middle) / head_down);
}

} // namespace

float Relief::depth(Spot at) const noexcept {
    switch (shape) {
    case Shape::plane:
        return 0;
    case Shape::cylinder:
        return -bend * at.x * at.x / 2;
    case Shape::head:
        break;
    }
    const float r = radius(at);
    if (r >= 1)
        return 0;
    const float bowl = head_deep * (1 - r * r);
    const float nose =
        0.40F * bump(at.x, at.y - 0.62F, 0.17F, 0.20F) + 0.15F * bump(at.x, at.y - 0.25F, 0.13F, 0.25F);
    const float sockets =
        0.13F * (bump(at.x - 0.5F, at.y, 0.22F, 0.15F) + bump(at.x + 0.5F, at.y, 0.22F, 0.15F));
    const float chin = 0.12F * bump(at.x, at.y - 1.55F, 0.3F, 0.2F);
    return bowl + nose - sockets + chin;
}

Spot Relief::seen(Spot at, const Gesture& gesture) const noexcept {
    float weight = 1;
    if (shape == Shape::head) {
        const float beyond = std::clamp((radius(at) - 1) / fade, 0.F, 1.F);
        weight = 1 - beyond * beyond * (3 - 2 * beyond);
        if (weight <= 0)
            return at;
    }
    const float yaw = gesture.yaw * weight, pitch = gesture.pitch * weight, roll = gesture.roll * weight;
    const float d = depth(at), nearer = 1 - d / far;
    const float x = at.x * nearer, y = at.y * nearer; // in space
    const float turned_x = x * std::cos(yaw) + d * std::sin(yaw);
    const float turned_z = d * std::cos(yaw) - x * std::sin(yaw);
    const float nodded_y = y * std::cos(pitch) + turned_z * std::sin(pitch);
    const float nodded_z = turned_z * std::cos(pitch) - y * std::sin(pitch);
    const float zoom = (1 + (gesture.scale - 1) * weight) / (1 - nodded_z / far);
    const float c = std::cos(roll), s = std::sin(roll);
    return {zoom * (c * turned_x - s * nodded_y) + gesture.right * weight,
            zoom * (s * turned_x + c * nodded_y) + gesture.down * weight};
}

Spot Relief::under(Spot wanted, const Gesture& gesture) const noexcept {
    Spot at = wanted;
    for (int i = 0; i < rounds; ++i) {
        const Spot there = seen(at, gesture);
        const float dx = wanted.x - there.x, dy = wanted.y - there.y;
        at = {at.x + dx, at.y + dy};
        if (std::abs(dx) + std::abs(dy) < 2e-3F)
            break;
    }
    return at;
}

ReliefMap::ReliefMap(const Relief& relief, const Placement& placement, const Gesture& gesture, int left,
                     int top, int width, int height)
    : left_(left), top_(top), columns_(width / step + 2) {
    const int rows = height / step + 2;
    nodes_.reserve(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows));
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns_; ++column) {
            const Spot seen = placement.into(static_cast<float>(left + column * step),
                                             static_cast<float>(top + row * step));
            nodes_.push_back(relief.under(seen, gesture));
        }
    }
}

Spot ReliefMap::at(int x, int y) const noexcept {
    const int dx = x - left_, dy = y - top_;
    const auto first = static_cast<std::size_t>(dy / step) * static_cast<std::size_t>(columns_) +
                       static_cast<std::size_t>(dx / step);
    const float right = static_cast<float>(dx % step) / step, lower = static_cast<float>(dy % step) / step;
    const auto mix = [](Spot a, Spot b, float part) {
        return Spot{a.x + part * (b.x - a.x), a.y + part * (b.y - a.y)};
    };
    return mix(mix(nodes_[first], nodes_[first + 1], right),
               mix(nodes_[first + static_cast<std::size_t>(columns_)],
                   nodes_[first + static_cast<std::size_t>(columns_) + 1], right),
               lower);
}

} // namespace kaomon::camera::simulated
