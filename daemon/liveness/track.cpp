#include "daemon/liveness/track.hpp"

#include "daemon/liveness/four.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace kaomon::liveness {
namespace {

using face::Point;

constexpr int side = 8;       // of the window, pixels of each level
constexpr float reach = 3.5F; // from its middle to its first pixel
constexpr std::size_t window = side * side;
constexpr int most_steps = 10;         // on one level
constexpr float still = 0.03F;         // pixels: a step this small ends a level
constexpr float flat = 1e-3F;          // share of the gradients' square: no direction to go in
constexpr float largest_return = 0.5F; // pixels
constexpr float largest_change = 30;   // mean absolute difference of grey levels, exposure taken out

using Window = std::array<Four, window / lanes>;

float mean_of(const Window& values) {
    Four sum{};
    for (const Four& value : values)
        sum += value;
    return sum_of(sum) / window;
}

// All of a window has the same place between pixels, so that its four weights are made once.
void look(const Grey& grey, Point centre, Window& out) {
    const float left = centre.x - reach, top = centre.y - reach;
    const int column = static_cast<int>(std::floor(left)), row = static_cast<int>(std::floor(top));
    Four* to = out.data();
    if (column < 0 || row < 0 || column + side >= grey.width || row + side >= grey.height) {
        for (int y = 0; y < side; ++y) {
            for (int x = 0; x < side; x += int{lanes})
                *to++ = between(grey, left + static_cast<float>(x) + Four{0, 1, 2, 3},
                                Four{} + (top + static_cast<float>(y)));
        }
        return;
    }
    const float right = left - static_cast<float>(column), lower = top - static_cast<float>(row);
    const float w00 = (1 - right) * (1 - lower), w10 = right * (1 - lower), w01 = (1 - right) * lower,
                w11 = right * lower;
    const float* line = grey.levels.data() + static_cast<std::ptrdiff_t>(row) * grey.width + column;
    for (int y = 0; y < side; ++y, line += grey.width) {
        for (int x = 0; x < side; x += int{lanes}) {
            const float *upper = line + x, *below = upper + grey.width;
            *to++ = w00 * load_four(upper) + w10 * load_four(upper + 1) + w01 * load_four(below) +
                    w11 * load_four(below + 1);
        }
    }
}

// What a window looks like around a point, and how it changes with a step.
struct Patch {
    Window levels{}, gx{}, gy{};
    float xx = 0, xy = 0, yy = 0;

    Patch(const Grey& grey, Point centre) {
        Window before{}, after{};
        look(grey, centre, levels);
        look(grey, {centre.x - 1, centre.y}, before);
        look(grey, {centre.x + 1, centre.y}, after);
        for (std::size_t i = 0; i < levels.size(); ++i)
            gx[i] = (after[i] - before[i]) / 2;
        look(grey, {centre.x, centre.y - 1}, before);
        look(grey, {centre.x, centre.y + 1}, after);
        for (std::size_t i = 0; i < levels.size(); ++i)
            gy[i] = (after[i] - before[i]) / 2;
        const float mean = mean_of(levels); // exposure may change between the two pictures
        Four all_xx{}, all_xy{}, all_yy{};
        for (std::size_t i = 0; i < levels.size(); ++i) {
            levels[i] -= mean;
            all_xx += gx[i] * gx[i], all_xy += gx[i] * gy[i], all_yy += gy[i] * gy[i];
        }
        xx = sum_of(all_xx), xy = sum_of(all_xy), yy = sum_of(all_yy);
    }
    float determinant() const { return xx * yy - xy * xy; }
};

// Moves `at` to where the patch is in `grey`; false when there is no way.
bool follow(const Patch& patch, const Grey& grey, Point& at, float& change) {
    const float determinant = patch.determinant();
    if (!(determinant > flat * patch.xx * patch.yy) || !(determinant > 0))
        return false;
    Window seen{};
    for (int step = 0; step < most_steps; ++step) {
        look(grey, at, seen);
        const float mean = mean_of(seen);
        Four along_x{}, along_y{}, changes{};
        for (std::size_t i = 0; i < seen.size(); ++i) {
            const Four difference = patch.levels[i] - (seen[i] - mean);
            along_x += difference * patch.gx[i];
            along_y += difference * patch.gy[i];
            changes += absolute(difference);
        }
        const float bx = sum_of(along_x), by = sum_of(along_y);
        change = sum_of(changes) / window;
        const float dx = (patch.yy * bx - patch.xy * by) / determinant;
        const float dy = (patch.xx * by - patch.xy * bx) / determinant;
        at = {at.x + dx, at.y + dy};
        if (!(std::abs(at.x) < 1e4F && std::abs(at.y) < 1e4F))
            return false;
        if (std::hypot(dx, dy) < still)
            break;
    }
    return at.x >= 0 && at.y >= 0 && at.x <= static_cast<float>(grey.width - 1) &&
           at.y <= static_cast<float>(grey.height - 1);
}

std::optional<Point> find(const FaceCrop& from, const FaceCrop& to, Point point, Point guess) {
    const auto scale_of = [](std::size_t level) { return 1 / static_cast<float>(1U << level); };
    const float smallest = scale_of(from.pyramid.size() - 1);
    Point at{guess.x * smallest, guess.y * smallest};
    float change = 0;
    for (std::size_t level = from.pyramid.size(); level-- > 0;) {
        const float scale = scale_of(level);
        const Patch patch(from.pyramid[level], {point.x * scale, point.y * scale});
        if (!follow(patch, to.pyramid[level], at, change))
            return std::nullopt;
        if (level > 0)
            at = {at.x * 2, at.y * 2};
    }
    if (change > largest_change)
        return std::nullopt;
    return at;
}

} // namespace

SecretVector<Track> track(const FaceCrop& from, const FaceCrop& to, std::span<const Point> points) {
    SecretVector<Track> tracks;
    if (from.empty() || from.pyramid.size() != to.pyramid.size())
        return tracks;
    tracks.reserve(points.size());
    for (const Point& point : points) {
        const auto there = find(from, to, point, point);
        const auto back = there ? find(to, from, *there, *there) : std::nullopt;
        if (back && std::hypot(back->x - point.x, back->y - point.y) <= largest_return)
            tracks.push_back({point, *there});
    }
    return tracks;
}

} // namespace kaomon::liveness
