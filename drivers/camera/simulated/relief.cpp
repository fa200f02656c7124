#include "drivers/camera/simulated/relief.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kaomon::camera::simulated {
namespace {

// A head of average measures, in distances of its eyes (63 mm): its outline is an ellipse around a point
// below the eyes, the tip of the nose is 40 mm before the corners of the eyes.
constexpr float head_middle = 0.35F, head_across = 1.25F, head_down = 1.75F, head_deep = 1.1F;
// Beyond the outline, shares of the radius, of the usual distance; wider where a nearer head takes the place
// of more.
constexpr float fade = 0.5F, fade_of_scale = 3, seam = 0.1F;
constexpr float bend = 0.55F; // of a bent sheet: 1 / radius
constexpr int rounds = 12;

float bump(float x, float y, float across, float down) {
    return std::exp(-(x * x / (across * across) + y * y / (down * down)) / 2);
}

// 0 in the middle of the head, 1 on its outline.
float radius(Spot at) {
    const float x = at.x / head_across, y = (at.y - head_middle) / head_down;
    return std::sqrt(x * x + y * y);
}

float head_depth(Spot at) {
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

// head_depth() at nodes: it is asked for a hundred thousand times a frame.
class DepthMap {
  public:
    DepthMap() {
        for (int row = 0; row < rows; ++row) {
            for (int column = 0; column < columns; ++column)
                nodes_[index(column, row)] = head_depth(
                    {left + static_cast<float>(column) / per_unit, top + static_cast<float>(row) / per_unit});
        }
    }
    float at(Spot spot) const {
        const float x = (spot.x - left) * per_unit, y = (spot.y - top) * per_unit;
        if (!(x >= 0 && y >= 0 && x < columns - 1 && y < rows - 1))
            return 0;
        const int column = static_cast<int>(x), row = static_cast<int>(y);
        const float right = x - static_cast<float>(column), lower = y - static_cast<float>(row);
        const float* above = nodes_.data() + index(column, row);
        const float* below = above + columns;
        return (above[0] + right * (above[1] - above[0])) * (1 - lower) +
               (below[0] + right * (below[1] - below[0])) * lower;
    }

  private:
    static constexpr float left = -1.3F, top = -1.5F, per_unit = 32; // around the outline
    static constexpr int columns = 84, rows = 119;
    static constexpr std::size_t index(int column, int row) {
        return static_cast<std::size_t>(row) * columns + static_cast<std::size_t>(column);
    }
    std::array<float, std::size_t{columns} * rows> nodes_{};
};

float fade_of(const Gesture& gesture) {
    return fade + fade_of_scale * std::abs(gesture.scale - 1);
}

} // namespace

Relief::Reach Relief::reach(const Gesture& gesture) noexcept {
    const float radii = 1 + fade_of(gesture), down = head_down * radii + seam;
    return {head_across * radii + seam, down - head_middle, down + head_middle};
}

float Relief::depth(Spot at) const noexcept {
    switch (shape) {
    case Shape::plane:
        return 0;
    case Shape::cylinder:
        return -bend * at.x * at.x / 2;
    case Shape::head:
        break;
    }
    static const DepthMap map;
    return map.at(at);
}

Spot Relief::seen(Spot at, const Gesture& gesture) const noexcept {
    float weight = 1;
    if (shape == Shape::head) {
        const float beyond = std::clamp((radius(at) - 1) / fade_of(gesture), 0.F, 1.F);
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
    const float distance = 1 + (1 / gesture.scale - 1) * weight; // of `far`
    const float zoom = 1 / (distance - nodded_z / far);
    const float c = std::cos(roll), s = std::sin(roll);
    return {zoom * (c * turned_x - s * nodded_y + gesture.right * weight),
            zoom * (s * turned_x + c * nodded_y + gesture.down * weight)};
}

Spot Relief::under(Spot wanted, const Gesture& gesture) const noexcept {
    return under(wanted, gesture, wanted);
}

Spot Relief::under(Spot wanted, const Gesture& gesture, Spot guess) const noexcept {
    for (int i = 0; i < rounds; ++i) {
        const Spot there = seen(guess, gesture);
        const float dx = wanted.x - there.x, dy = wanted.y - there.y;
        guess = {guess.x + dx, guess.y + dy};
        if (std::abs(dx) + std::abs(dy) < 1e-3F)
            break;
    }
    return guess;
}

ReliefMap::ReliefMap(const Relief& relief, const Placement& placement, const Gesture& gesture, int left,
                     int top, int width, int height)
    : top_(top), columns_(width / step + 2) {
    const int rows = height / step + 2;
    nodes_.reserve(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows));
    for (int row = 0; row < rows; ++row) {
        Spot moved; // at the node before: a good guess at this one
        for (int column = 0; column < columns_; ++column) {
            const Spot seen = placement.into(static_cast<float>(left + column * step),
                                             static_cast<float>(top + row * step));
            const Spot under = relief.under(seen, gesture, {seen.x + moved.x, seen.y + moved.y});
            moved = {under.x - seen.x, under.y - seen.y};
            nodes_.push_back(under);
        }
    }
}

void ReliefMap::row(int y, std::span<Spot> spots) const noexcept {
    const int dy = y - top_;
    const float lower = static_cast<float>(dy % step) / step;
    const Spot* above = nodes_.data() + static_cast<std::ptrdiff_t>(dy / step) * columns_;
    const Spot* below = above + columns_;
    const auto between = [lower](Spot a, Spot b) {
        return Spot{a.x + lower * (b.x - a.x), a.y + lower * (b.y - a.y)};
    };
    Spot from = between(above[0], below[0]);
    for (std::size_t x = 0, node = 1; x < spots.size(); ++node) {
        const Spot to = between(above[node], below[node]);
        const Spot each{(to.x - from.x) / step, (to.y - from.y) / step};
        for (int i = 0; i < step && x < spots.size(); ++i, ++x) {
            const auto part = static_cast<float>(i);
            spots[x] = {from.x + part * each.x, from.y + part * each.y};
        }
        from = to;
    }
}

} // namespace kaomon::camera::simulated
