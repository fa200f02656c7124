#include "daemon/liveness/homography.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

namespace kaomon::liveness {
namespace {

constexpr std::size_t unknowns = 8;
constexpr std::size_t fewest = 8;
constexpr int samples = 200;     // with 0.4 of the points on a plane, 4 are all on it once in 39
constexpr double missed = 0.001; // chance that no sample was all on the plane, when to stop
constexpr int refinements = 3;
constexpr double singular = 1e-9;
constexpr float unit = 1 / 64.F; // pixels of a crop to numbers about 1, for the arithmetic's sake

using Row = std::array<double, unknowns + 1>; // of a linear system, its right side last
using System = std::array<Row, unknowns>;

// Gauss with pivots.
std::optional<std::array<double, unknowns>> solve(System& system) {
    for (std::size_t column = 0; column < unknowns; ++column) {
        std::size_t pivot = column;
        for (std::size_t row = column + 1; row < unknowns; ++row) {
            if (std::abs(system[row][column]) > std::abs(system[pivot][column]))
                pivot = row;
        }
        if (std::abs(system[pivot][column]) < singular)
            return std::nullopt;
        std::swap(system[pivot], system[column]);
        for (std::size_t row = column + 1; row < unknowns; ++row) {
            const double factor = system[row][column] / system[column][column];
            for (std::size_t i = column; i <= unknowns; ++i)
                system[row][i] -= factor * system[column][i];
        }
    }
    std::array<double, unknowns> x{};
    for (std::size_t row = unknowns; row-- > 0;) {
        double sum = system[row][unknowns];
        for (std::size_t i = row + 1; i < unknowns; ++i)
            sum -= system[row][i] * x[i];
        x[row] = sum / system[row][row];
    }
    return x;
}

// The two equations of a pair of points.
std::array<Row, 2> equations(const Track& pair) {
    const double x = pair.from.x, y = pair.from.y, u = pair.to.x, v = pair.to.y;
    return {Row{x, y, 1, 0, 0, 0, -u * x, -u * y, u}, Row{0, 0, 0, x, y, 1, -v * x, -v * y, v}};
}

bool agrees(const Homography& map, const Track& pair, float tolerance) {
    const face::Point to = map(pair.from);
    const float dx = to.x - pair.to.x, dy = to.y - pair.to.y;
    return dx * dx + dy * dy <= tolerance * tolerance; // no number: no
}

std::optional<Homography> through(const std::array<Track, 4>& pairs) {
    System system{};
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const auto rows = equations(pairs[i]);
        system[2 * i] = rows[0], system[2 * i + 1] = rows[1];
    }
    const auto solution = solve(system);
    return solution ? std::optional(Homography{*solution}) : std::nullopt;
}

// Least squares over the pairs within the tolerance.
std::optional<Homography> refine(const Homography& map, std::span<const Track> tracks, float tolerance) {
    System normal{};
    for (const Track& pair : tracks) {
        if (!agrees(map, pair, tolerance))
            continue;
        for (const Row& row : equations(pair)) {
            for (std::size_t i = 0; i < unknowns; ++i) {
                for (std::size_t j = 0; j <= unknowns; ++j)
                    normal[i][j] += row[i] * row[j];
            }
        }
    }
    const auto solution = solve(normal);
    return solution ? std::optional(Homography{*solution}) : std::nullopt;
}

std::size_t agreeing(const Homography& map, std::span<const Track> tracks, float tolerance) {
    return static_cast<std::size_t>(
        std::ranges::count_if(tracks, [&](const Track& pair) { return agrees(map, pair, tolerance); }));
}

std::uint32_t next(std::uint32_t& state) { // xorshift32: the same points give the same answer
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

} // namespace

face::Point Homography::operator()(face::Point p) const noexcept {
    const double w = m[6] * p.x + m[7] * p.y + 1;
    return {static_cast<float>((m[0] * p.x + m[1] * p.y + m[2]) / w),
            static_cast<float>((m[3] * p.x + m[4] * p.y + m[5]) / w)};
}

PlaneFit fit_plane(std::span<const Track> tracks, float tolerance) {
    PlaneFit best{.map = {}, .points = static_cast<int>(tracks.size()), .share = 0};
    if (tracks.size() < fewest)
        return best;
    SecretVector<Track> scaled(tracks.begin(), tracks.end());
    for (Track& pair : scaled) {
        for (face::Point* point : {&pair.from, &pair.to})
            *point = {point->x * unit, point->y * unit};
    }
    tolerance *= unit;
    std::size_t most = 0;
    std::uint32_t state = 0x9E3779B9;
    const auto take = [&](const Homography& map) {
        const std::size_t count = agreeing(map, scaled, tolerance);
        if (count > most)
            most = count, best.map = map;
    };
    const auto enough = [&](int tried) { // RANSAC's rule
        const double share = static_cast<double>(most) / static_cast<double>(scaled.size());
        return std::pow(1 - share * share * share * share, tried) < missed;
    };
    for (int i = 0; i < samples && !enough(i); ++i) {
        std::array<Track, 4> pairs{};
        for (Track& pair : pairs)
            pair = scaled[next(state) % scaled.size()]; // one taken twice makes a singular system
        if (const auto map = through(pairs))
            take(*map);
    }
    for (int i = 0; i < refinements; ++i) {
        if (const auto map = refine(best.map, scaled, tolerance))
            take(*map);
    }
    best.share = static_cast<float>(most) / static_cast<float>(scaled.size());
    auto& m = best.map.m; // back to pixels
    m[2] /= unit, m[5] /= unit, m[6] *= unit, m[7] *= unit;
    return best;
}

} // namespace kaomon::liveness
