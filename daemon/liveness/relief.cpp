#include "daemon/liveness/relief.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::liveness {
namespace {

using face::Point;
using Spot = ReliefView::Spot;

// Unknowns of the alignment: a second degree polynomial for either direction (planes and cylinders, however
// they are held), gain and offset of the light, and the relief's shift.
constexpr std::size_t terms = 6, gain = 12, offset = 13, relief_x = 14, relief_y = 15, unknowns = 16;
using Row = std::array<float, unknowns>;
using Square = std::array<std::array<double, unknowns>, unknowns>;
using Column = std::array<double, unknowns>;

constexpr std::size_t levels = 2;
constexpr int apart = 2; // every other pixel of every other row: the filter makes them alike
constexpr std::array<int, levels> steps{5, 4}; // on the crop, on its half: from there it begins
constexpr std::size_t fewest_spots = 200;
constexpr float least_part = 0.5F; // of the spots that must agree
constexpr float outlier = 3;       // standard deviations (Tukey's biweight)
constexpr float least_noise = 0.3F;
constexpr float middle_level = 128;
constexpr float unit = 32; // pixels of the crop, for the arithmetic's sake

// ---- the depth of a face, between the points of its mesh ----

class Depth {
  public:
    Depth(const FaceCrop& crop, const face::Observation& face) {
        const auto& from = face.five;
        const float dx = from[1].x - from[0].x, dy = from[1].y - from[0].y;
        const float cx = crop.eyes[1].x - crop.eyes[0].x, cy = crop.eyes[1].y - crop.eyes[0].y;
        const float square = std::max(1.F, dx * dx + dy * dy);
        const float a = (cx * dx + cy * dy) / square, b = (cy * dx - cx * dy) / square;
        const float scale = std::hypot(a, b) / FaceCrop::eye_distance;
        SecretVector<face::Point3> mesh;
        mesh.reserve(face.mesh.size());
        for (const auto& point : face.mesh) {
            const float x = point.x - from[0].x, y = point.y - from[0].y;
            mesh.push_back(
                {a * x - b * y + crop.eyes[0].x, b * x + a * y + crop.eyes[0].y, -point.z * scale});
        }
        nodes_.reserve(std::size_t{columns} * rows);
        for (int row = 0; row < rows; ++row) {
            for (int column = 0; column < columns; ++column)
                nodes_.push_back(
                    mean(mesh, static_cast<float>(column * step), static_cast<float>(row * step)));
        }
    }
    float at(float x, float y) const {
        const int column = std::min(static_cast<int>(x) / step, columns - 2);
        const int row = std::min(static_cast<int>(y) / step, rows - 2);
        const float right = x / step - static_cast<float>(column), lower = y / step - static_cast<float>(row);
        const float* upper = nodes_.data() + std::ptrdiff_t{row} * columns + column;
        const float* below = upper + columns;
        return (1 - lower) * (upper[0] + right * (upper[1] - upper[0])) +
               lower * (below[0] + right * (below[1] - below[0]));
    }

  private:
    static constexpr int step = 8; // pixels
    static constexpr int columns = FaceCrop::width / step + 1, rows = FaceCrop::height / step + 1;
    // Near points count far more than others (Shepard 1968).
    static float mean(const SecretVector<face::Point3>& mesh, float x, float y) {
        constexpr float soft = 4; // squared pixels
        float weights = 0, sum = 0;
        for (const auto& point : mesh) {
            const float square = (point.x - x) * (point.x - x) + (point.y - y) * (point.y - y) + soft;
            const float weight = 1 / (square * square);
            weights += weight;
            sum += weight * point.z;
        }
        return sum / weights;
    }
    SecretVector<float> nodes_;
};

// ---- pictures ----

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

// Crop pixels of a pixel of a level, and back: the middle of the first pixel is (0, 0) on both.
float to_crop(std::size_t level, float x) {
    return level == 0 ? x : 2 * x + 0.5F;
}
float to_level(std::size_t level, float x) {
    return level == 0 ? x : (x - 0.5F) / 2;
}

// ---- the alignment ----

std::array<float, terms> polynomial(const Spot& spot) {
    const float x = (spot.x - FaceCrop::middle_x) / unit;
    const float y = (spot.y - FaceCrop::middle_y - FaceCrop::eye_distance / 2.F) / unit;
    return {1, x, y, x * x, x * y, y * y};
}

// How the level at a spot changes with each unknown.
Row derivatives(const Spot& spot) {
    Row row{};
    const auto q = polynomial(spot);
    for (std::size_t i = 0; i < terms; ++i)
        row[i] = spot.gx * q[i], row[terms + i] = spot.gy * q[i];
    row[gain] = middle_level - spot.level;
    row[offset] = -1;
    row[relief_x] = spot.gx * spot.depth;
    row[relief_y] = spot.gy * spot.depth;
    return row;
}

// Gauss. `pivots`: what each unknown is known by once those before it are.
bool solve(Square a, Column b, Column& x, Column& pivots) {
    for (std::size_t column = 0; column < unknowns; ++column) {
        pivots[column] = a[column][column];
        if (!(pivots[column] > 1e-9))
            return false;
        for (std::size_t row = column + 1; row < unknowns; ++row) {
            const double factor = a[row][column] / pivots[column];
            for (std::size_t i = column; i < unknowns; ++i)
                a[row][i] -= factor * a[column][i];
            b[row] -= factor * b[column];
        }
    }
    for (std::size_t row = unknowns; row-- > 0;) {
        double sum = b[row];
        for (std::size_t i = row + 1; i < unknowns; ++i)
            sum -= a[row][i] * x[i];
        x[row] = sum / a[row][row];
    }
    return true;
}

class Alignment {
  public:
    explicit Alignment(const ReliefView& before) : before_(before) { state_[gain] = 1; }

    bool on(std::size_t level, const Grey& after) {
        const auto& spots = before_.spots[level];
        rows_.clear();
        rows_.reserve(spots.size());
        for (const Spot& spot : spots)
            rows_.push_back(derivatives(spot));
        left_.resize(spots.size());
        weights_.resize(spots.size());
        for (int step = 0; step < steps[level]; ++step) {
            compare(spots, level, after);
            if (step % 2 == 0 || step + 1 == steps[level])
                weigh();
            Column correction{}, sums{};
            for (std::size_t i = 0; i < rows_.size(); ++i) {
                const float weighted = weights_[i] * left_[i];
                for (std::size_t j = 0; j < unknowns; ++j)
                    sums[j] += static_cast<double>(weighted * rows_[i][j]);
            }
            if (!solve(normal_, sums, correction, pivots_))
                return false;
            for (std::size_t i = 0; i < unknowns; ++i)
                state_[i] += correction[i];
        }
        return true;
    }
    std::optional<ReliefShift> shift() const {
        double square = 0, weight = 0;
        for (std::size_t i = 0; i < left_.size(); ++i) {
            square += static_cast<double>(weights_[i] * left_[i] * left_[i]);
            weight += static_cast<double>(weights_[i]);
        }
        if (!(weight > static_cast<double>(least_part) * static_cast<double>(left_.size())) ||
            !(before_.contrast > 0))
            return std::nullopt;
        const double variance =
            std::max(square / weight, static_cast<double>(least_noise) * static_cast<double>(least_noise));
        const double x = state_[relief_x], y = state_[relief_y];
        const double known = x * x * pivots_[relief_x] + y * y * pivots_[relief_y];
        if (!std::isfinite(known))
            return std::nullopt;
        return ReliefShift{static_cast<float>(x), static_cast<float>(y),
                           static_cast<float>(std::sqrt(known / variance)),
                           static_cast<float>(std::sqrt(variance)) / before_.contrast, 0};
    }

  private:
    // What the alignment so far leaves over at each spot.
    void compare(const SecretVector<Spot>& spots, std::size_t level, const Grey& after) {
        std::array<float, unknowns> now{};
        std::ranges::transform(state_, now.begin(), [](double value) { return static_cast<float>(value); });
        for (std::size_t i = 0; i < spots.size(); ++i) {
            const Spot& spot = spots[i];
            const auto q = polynomial(spot);
            float x = spot.x + now[relief_x] * spot.depth, y = spot.y + now[relief_y] * spot.depth;
            for (std::size_t j = 0; j < terms; ++j)
                x += now[j] * q[j], y += now[terms + j] * q[j];
            const float expected = now[gain] * (spot.level - middle_level) + middle_level + now[offset];
            left_[i] = expected - after.between(to_level(level, x), to_level(level, y));
        }
    }
    void weigh() {
        sizes_.resize(left_.size());
        std::ranges::transform(left_, sizes_.begin(), [](float value) { return std::abs(value); });
        const auto middle = sizes_.begin() + static_cast<std::ptrdiff_t>(sizes_.size() / 2);
        std::ranges::nth_element(sizes_, middle);
        const float limit = outlier * std::max(least_noise, 1.4826F * *middle); // of normal noise
        std::array<Row, unknowns> sums{};
        for (std::size_t i = 0; i < left_.size(); ++i) {
            const float share = left_[i] / limit, inner = 1 - share * share;
            weights_[i] = inner > 0 ? inner * inner : 0;
            const Row& row = rows_[i];
            for (std::size_t j = 0; j < unknowns; ++j) {
                const float weighted = weights_[i] * row[j];
                for (std::size_t k = j; k < unknowns; ++k)
                    sums[j][k] += weighted * row[k];
            }
        }
        for (std::size_t j = 0; j < unknowns; ++j) {
            for (std::size_t k = j; k < unknowns; ++k)
                normal_[j][k] = normal_[k][j] = static_cast<double>(sums[j][k]);
        }
    }

    const ReliefView& before_;
    Column state_{}, pivots_{};
    Square normal_{};
    SecretVector<Row> rows_;
    SecretVector<float> left_, weights_, sizes_;
};

float contrast_of(const SecretVector<Spot>& spots) {
    double sum = 0, square = 0;
    for (const Spot& spot : spots)
        sum += static_cast<double>(spot.level), square += static_cast<double>(spot.level * spot.level);
    const double count = static_cast<double>(spots.size());
    return static_cast<float>(std::sqrt(std::max(0.0, square / count - sum * sum / count / count)));
}

} // namespace

ReliefView relief_view(const FaceCrop& crop, const face::Observation& face, Instant captured) {
    ReliefView view;
    view.yaw = face.quality.yaw, view.pitch = face.quality.pitch, view.captured = captured;
    if (crop.empty() || crop.outline.size() < 3)
        return view;
    constexpr int border = 4;
    const Depth depth(crop, face);
    for (std::size_t level = 0; level < levels; ++level) {
        const Grey grey = smoothed(crop.pyramid[level]);
        const float per_pixel = level == 0 ? 1.F : 0.5F;
        auto& spots = view.spots[level];
        spots.reserve(static_cast<std::size_t>(grey.width / apart * (grey.height / apart)));
        for (int row = border; row < grey.height - border; row += apart) {
            for (int column = border; column < grey.width - border; column += apart) {
                const float x = to_crop(level, static_cast<float>(column));
                const float y = to_crop(level, static_cast<float>(row));
                if (crop.contains({x, y}))
                    spots.push_back({x, y, depth.at(x, y),
                                     per_pixel * (grey.at(column + 1, row) - grey.at(column - 1, row)) / 2,
                                     per_pixel * (grey.at(column, row + 1) - grey.at(column, row - 1)) / 2,
                                     grey.at(column, row)});
            }
        }
        if (spots.size() < fewest_spots) {
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
