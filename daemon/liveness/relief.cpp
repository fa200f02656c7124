#include "daemon/liveness/relief.hpp"

#include "daemon/liveness/alignment.hpp"
#include "daemon/liveness/face_depth.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::liveness {
namespace {

using Spots = ReliefView::Spots;

constexpr std::size_t levels = 2;
constexpr int apart = 2; // every other pixel of every other row: the filter makes them alike
constexpr std::size_t fewest_spots = 200;

// With the binomial filter of three pixels: gradients of single pixels are noise.
Grey smoothed(const Grey& grey) {
    Grey across{grey.width, grey.height, grey.levels}, both{grey.width, grey.height, grey.levels};
    const auto filter = [](const Grey& from, Grey& to, std::ptrdiff_t step, int first_x, int first_y) {
        for (int y = first_y; y < from.height - first_y; ++y) {
            const std::ptrdiff_t line = std::ptrdiff_t{y} * from.width;
            for (int x = first_x; x < from.width - first_x; ++x) {
                const float* at = from.levels.data() + line + x;
                to.levels[static_cast<std::size_t>(line + x)] = (at[-step] + 2 * at[0] + at[step]) / 4;
            }
        }
    };
    filter(grey, across, 1, 1, 0);
    both.levels = across.levels;
    filter(across, both, grey.width, 0, 1);
    return both;
}

// Standard deviation of the levels.
float contrast_of(const SecretVector<Spots>& spots) {
    double sum = 0, square = 0;
    for (const Spots& four : spots) {
        sum += static_cast<double>(sum_of(four.level));
        square += static_cast<double>(sum_of(four.level * four.level));
    }
    const double count = static_cast<double>(lanes * spots.size());
    return static_cast<float>(std::sqrt(std::max(0.0, square / count - sum * sum / count / count)));
}

// Of one level, within the outline.
SecretVector<Spots> spots_of(const FaceCrop& crop, std::size_t level, const FaceDepth& depth) {
    constexpr int border = 4;
    const Grey grey = smoothed(crop.pyramid[level]);
    const float per_pixel = level == 0 ? 1.F : 0.5F;
    SecretVector<Spots> all;
    all.reserve(static_cast<std::size_t>(grey.width / apart * (grey.height / apart)) / lanes);
    SecretVector<float> outline;
    Spots four{};
    std::size_t count = 0;
    for (int row = border; row < grey.height - border; row += apart) {
        const float y = to_crop(level, static_cast<float>(row));
        crop.cross(y, outline);
        for (int column = border; column < grey.width - border; column += apart) {
            const float x = to_crop(level, static_cast<float>(column));
            if (!FaceCrop::within(outline, x))
                continue;
            const std::size_t lane = count++ % lanes;
            four.x[lane] = x, four.y[lane] = y, four.depth[lane] = depth.at(x, y);
            four.gx[lane] = per_pixel * (grey.at(column + 1, row) - grey.at(column - 1, row)) / 2;
            four.gy[lane] = per_pixel * (grey.at(column, row + 1) - grey.at(column, row - 1)) / 2;
            four.level[lane] = grey.at(column, row);
            if (lane == lanes - 1)
                all.push_back(four);
        }
    }
    return all;
}

} // namespace

ReliefView relief_view(const FaceCrop& crop, const face::Observation& face, Instant captured) {
    ReliefView view;
    view.yaw = face.quality.yaw, view.pitch = face.quality.pitch, view.captured = captured;
    if (crop.empty() || crop.outline.size() < 3)
        return view;
    const FaceDepth depth(crop, face);
    for (std::size_t level = 0; level < levels; ++level) {
        view.spots[level] = spots_of(crop, level, depth);
        if (lanes * view.spots[level].size() < fewest_spots) {
            view.spots = {};
            return view;
        }
    }
    view.contrast = contrast_of(view.spots[0]);
    return view;
}

std::optional<ReliefShift> relief_shift(const ReliefView& before, const FaceCrop& after,
                                        const face::Observation& face) {
    if (before.empty() || after.empty())
        return std::nullopt;
    Alignment alignment(before);
    for (std::size_t level = levels; level-- > 0;) {
        if (!alignment.on(level, smoothed(after.pyramid[level])))
            return std::nullopt;
    }
    auto shift = alignment.shift();
    if (shift)
        shift->turn = std::hypot(face.quality.yaw - before.yaw, face.quality.pitch - before.pitch);
    return shift;
}

} // namespace kaomon::liveness
