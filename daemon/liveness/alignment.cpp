#include "daemon/liveness/alignment.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::liveness {
namespace {

constexpr std::array<int, 2> steps{5, 4}; // on the crop, on its half: from there it begins
constexpr float least_part = 0.5F;        // of the spots that must agree
constexpr float outlier = 3;              // standard deviations (Tukey's biweight)
constexpr float least_noise = 0.3F;       // grey levels
constexpr float middle_level = 128;
constexpr float unit = 32; // pixels of the crop, for the arithmetic's sake

} // namespace

std::array<Four, Alignment::terms> Alignment::polynomial(const ReliefView::Spots& spots) {
    const Four x = (spots.x - FaceCrop::middle_x) / unit;
    const Four y = (spots.y - FaceCrop::middle_y - FaceCrop::eye_distance / 2.F) / unit;
    return {Four{} + 1, x, y, x * x, x * y, y * y};
}

Alignment::Columns Alignment::derivatives(const ReliefView::Spots& spots) {
    Columns columns{};
    const auto q = polynomial(spots);
    for (std::size_t i = 0; i < terms; ++i)
        columns[i] = spots.gx * q[i], columns[terms + i] = spots.gy * q[i];
    columns[gain] = middle_level - spots.level;
    columns[offset] = Four{} - 1;
    columns[relief_x] = spots.gx * spots.depth;
    columns[relief_y] = spots.gy * spots.depth;
    return columns;
}

// Gauss. `pivots`: what each unknown is known by once those before it are.
bool Alignment::solve(Square a, Unknowns b, Unknowns& x, Unknowns& pivots) {
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

bool Alignment::on(std::size_t level, const Grey& after) {
    const auto& spots = before_.spots[level];
    columns_.clear();
    columns_.reserve(spots.size());
    for (const auto& four : spots)
        columns_.push_back(derivatives(four));
    left_.resize(spots.size());
    weights_.resize(spots.size());
    for (int step = 0; step < steps[level]; ++step) {
        compare(spots, level, after);
        if (step % 2 == 0 || step + 1 == steps[level])
            weigh();
        Columns sums{};
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const Four weighted = weights_[i] * left_[i];
            for (std::size_t j = 0; j < unknowns; ++j)
                sums[j] += weighted * columns_[i][j];
        }
        Unknowns right{}, correction{};
        std::ranges::transform(sums, right.begin(),
                               [](Four sum) { return static_cast<double>(sum_of(sum)); });
        if (!solve(normal_, right, correction, pivots_))
            return false;
        for (std::size_t i = 0; i < unknowns; ++i)
            state_[i] += correction[i];
    }
    return true;
}

std::optional<ReliefShift> Alignment::shift() const {
    Four squares{}, weights{};
    for (std::size_t i = 0; i < left_.size(); ++i) {
        squares += weights_[i] * left_[i] * left_[i];
        weights += weights_[i];
    }
    const double weight = static_cast<double>(sum_of(weights));
    if (!(weight > static_cast<double>(least_part) * static_cast<double>(lanes * left_.size())) ||
        !(before_.contrast > 0))
        return std::nullopt;
    const double variance = std::max(static_cast<double>(sum_of(squares)) / weight,
                                     static_cast<double>(least_noise) * static_cast<double>(least_noise));
    const double x = state_[relief_x], y = state_[relief_y];
    const double known = x * x * pivots_[relief_x] + y * y * pivots_[relief_y];
    if (!std::isfinite(known))
        return std::nullopt;
    return ReliefShift{static_cast<float>(x), static_cast<float>(y),
                       static_cast<float>(std::sqrt(known / variance)),
                       static_cast<float>(std::sqrt(variance)) / before_.contrast, 0};
}

void Alignment::compare(const SecretVector<ReliefView::Spots>& spots, std::size_t level, const Grey& after) {
    std::array<float, unknowns> now{};
    std::ranges::transform(state_, now.begin(), [](double value) { return static_cast<float>(value); });
    for (std::size_t i = 0; i < spots.size(); ++i) {
        const auto& four = spots[i];
        const auto q = polynomial(four);
        Four x = four.x + now[relief_x] * four.depth, y = four.y + now[relief_y] * four.depth;
        for (std::size_t j = 0; j < terms; ++j)
            x += now[j] * q[j], y += now[terms + j] * q[j];
        const Four expected = now[gain] * (four.level - middle_level) + middle_level + now[offset];
        left_[i] = expected - between(after, to_level(level, x), to_level(level, y));
    }
}

void Alignment::weigh() {
    sizes_.clear();
    sizes_.reserve(lanes * left_.size());
    for (const Four four : left_) {
        for (std::size_t lane = 0; lane < lanes; ++lane)
            sizes_.push_back(std::abs(four[lane]));
    }
    const auto middle = sizes_.begin() + static_cast<std::ptrdiff_t>(sizes_.size() / 2);
    std::ranges::nth_element(sizes_, middle);
    const float limit = outlier * std::max(least_noise, 1.4826F * *middle); // of normal noise
    std::array<Columns, unknowns> sums{};
    for (std::size_t i = 0; i < left_.size(); ++i) {
        const Four share = left_[i] / limit, inner = 1 - share * share;
        weights_[i] = inner > 0 ? inner * inner : Four{};
        const Columns& columns = columns_[i];
        for (std::size_t j = 0; j < unknowns; ++j) {
            const Four weighted = weights_[i] * columns[j];
            for (std::size_t k = j; k < unknowns; ++k)
                sums[j][k] += weighted * columns[k];
        }
    }
    for (std::size_t j = 0; j < unknowns; ++j) {
        for (std::size_t k = j; k < unknowns; ++k)
            normal_[j][k] = normal_[k][j] = static_cast<double>(sum_of(sums[j][k]));
    }
}

} // namespace kaomon::liveness
