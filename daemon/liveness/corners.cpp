#include "daemon/liveness/corners.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::liveness {
namespace {

using face::Point;

constexpr int radius = 3;              // of the window that makes a corner, pixels
constexpr int border = 6;              // the tracker's window must find room
constexpr int apart = 5;               // pixels
constexpr float share_of_best = 0.01F; // of the strongest corner: below it, noise decides where a point is
constexpr float least_strength = 20;   // squared grey levels for a pixel; noise of a dim webcam makes 5

struct Corner {
    float strength;
    int x, y;
};

// Sums over the window of 2 * radius + 1 pixels a side, in place: along the rows, then along the columns.
void box_sum(SecretVector<float>& values, int width, int height) {
    SecretVector<float> line;
    const auto pass = [&](int length, std::ptrdiff_t step, float* first) {
        line.assign(static_cast<std::size_t>(length), 0);
        float sum = 0;
        for (int i = 0; i < length + radius; ++i) {
            if (i < length)
                sum += first[i * step];
            if (i >= 2 * radius + 1)
                sum -= first[(i - 2 * radius - 1) * step];
            if (i >= radius)
                line[static_cast<std::size_t>(i - radius)] = sum;
        }
        for (int i = 0; i < length; ++i)
            first[i * step] = line[static_cast<std::size_t>(i)];
    };
    for (int y = 0; y < height; ++y)
        pass(width, 1, values.data() + static_cast<std::ptrdiff_t>(y) * width);
    for (int x = 0; x < width; ++x)
        pass(height, width, values.data() + x);
}

} // namespace

SecretVector<Point> corners(const FaceCrop& crop, std::size_t most) {
    if (crop.empty() || crop.outline.size() < 3)
        return {};
    const Grey& grey = crop.pyramid.front();
    const auto pixels = grey.levels.size();
    SecretVector<float> xx(pixels), xy(pixels), yy(pixels);
    for (int y = 1; y + 1 < grey.height; ++y) {
        for (int x = 1; x + 1 < grey.width; ++x) {
            const auto i = static_cast<std::size_t>(y) * static_cast<std::size_t>(grey.width) +
                           static_cast<std::size_t>(x);
            const float gx = (grey.at(x + 1, y) - grey.at(x - 1, y)) / 2;
            const float gy = (grey.at(x, y + 1) - grey.at(x, y - 1)) / 2;
            xx[i] = gx * gx, xy[i] = gx * gy, yy[i] = gy * gy;
        }
    }
    for (auto* values : {&xx, &xy, &yy})
        box_sum(*values, grey.width, grey.height);

    constexpr float window = (2 * radius + 1) * (2 * radius + 1);
    auto& strength = xx; // in its place: the smaller eigenvalue
    for (std::size_t i = 0; i < pixels; ++i) {
        const float half = (xx[i] - yy[i]) / 2;
        strength[i] = ((xx[i] + yy[i]) / 2 - std::sqrt(half * half + xy[i] * xy[i])) / window;
    }
    SecretVector<Corner> found; // stronger than their neighbours
    float best = 0;             // inside the outline
    for (int y = border; y < grey.height - border; ++y) {
        for (int x = border; x < grey.width - border; ++x) {
            const float* here = strength.data() + static_cast<std::ptrdiff_t>(y) * grey.width + x;
            if (*here >= least_strength / 4 && *here >= here[-1] && *here > here[1] &&
                *here >= here[-grey.width] && *here > here[grey.width])
                found.push_back({*here, x, y});
        }
    }
    std::ranges::sort(found, std::ranges::greater{}, &Corner::strength);
    SecretVector<Point> chosen;
    for (const Corner& corner : found) {
        if (chosen.size() == most || corner.strength < share_of_best * best)
            break;
        const Point point{static_cast<float>(corner.x), static_cast<float>(corner.y)};
        const bool near = std::ranges::any_of(chosen, [&](const Point& other) {
            return std::abs(other.x - point.x) < apart && std::abs(other.y - point.y) < apart;
        });
        if (near || !crop.contains(point))
            continue;
        best = std::max(best, corner.strength);
        chosen.push_back(point);
    }
    return chosen;
}

} // namespace kaomon::liveness
