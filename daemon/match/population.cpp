#include "daemon/match/population.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kaomon::match {
namespace {

constexpr std::size_t size = face::template_size;
using Square = std::array<std::array<double, size>, size>;

// Cholesky: a symmetric matrix less `margin` on its diagonal is positive definite exactly if this goes
// through.
bool positive_definite(const std::array<std::array<float, size>, size>& matrix, double margin) {
    const auto root = std::make_unique<Square>();
    for (std::size_t row = 0; row < size; ++row) {
        auto& line = (*root)[row];
        for (std::size_t column = 0; column <= row; ++column) {
            const auto& other = (*root)[column];
            const auto before = static_cast<std::ptrdiff_t>(column);
            const double rest = static_cast<double>(matrix[row][column]) -
                                std::inner_product(line.begin(), line.begin() + before, other.begin(), 0.0);
            if (column < row)
                line[column] = rest / other[column];
            else if (const double square = rest - margin; square > 0)
                line[column] = std::sqrt(square);
            else
                return false; // also where it is no number
        }
    }
    return true;
}

// What each template counts; all of them add up to 1.
std::vector<double> weights_of(std::size_t count, std::span<const std::uint32_t> groups,
                               std::span<const GroupSize> sizes) {
    constexpr std::uint32_t counts_in_full = 100; // images of a group
    std::vector<double> weights(count, 1);
    for (std::size_t i = 0; i < groups.size(); ++i)
        weights[i] = 1.0 / std::max(sizes[groups[i]].images, counts_in_full);
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (double& weight : weights)
        weight /= sum;
    return weights;
}

} // namespace

std::string_view Population::what_is_wrong(const Data& data) {
    const Provenance& from = data.provenance;
    if (from.images < fewest_images)
        return "made of fewer than 200 images";
    double length = 0, spread = 0;
    for (std::size_t i = 0; i < size; ++i) {
        length += static_cast<double>(data.mean[i]) * static_cast<double>(data.mean[i]);
        spread += static_cast<double>(data.covariance[i][i]);
    }
    // Templates have the length 1, so the squares of mean and spread add up to it; written so that what is
    // no number is wrong.
    if (!(std::abs(length + spread - 1) < 1e-3))
        return "no mean and covariance of templates of length 1";
    // A direction without spread would divide by nothing: every score along it would be without limit.
    constexpr double least_spread = 1e-6; // of the whole, in any direction; measured populations have 1e-4
    if (!positive_definite(data.covariance, least_spread * spread))
        return "a covariance that is not positive definite";
    return {};
}

Result<Population> Population::of(std::span<const face::Template> templates,
                                  std::span<const std::uint32_t> groups, Provenance provenance) {
    if (templates.size() < fewest_images) {
        return fail(Reason::population_invalid, std::to_string(templates.size()) + " templates; at least " +
                                                    std::to_string(fewest_images) + " are needed");
    }
    provenance.images = static_cast<std::uint32_t>(templates.size());
    for (GroupSize& group : provenance.groups)
        group.images = 0;
    for (const std::uint32_t group : groups)
        ++provenance.groups.at(group).images;
    const auto weights = weights_of(templates.size(), groups, provenance.groups);

    std::array<double, size> mean{};
    const auto products = std::make_unique<Square>();
    for (std::size_t i = 0; i < templates.size(); ++i) {
        const auto& unit = templates[i].get().unit;
        for (std::size_t row = 0; row < size; ++row) {
            const double part = weights[i] * static_cast<double>(unit[row]);
            mean[row] += part;
            for (std::size_t column = 0; column <= row; ++column)
                (*products)[row][column] += part * static_cast<double>(unit[column]);
        }
    }
    auto data = std::make_shared<Data>();
    data->provenance = std::move(provenance);
    for (std::size_t row = 0; row < size; ++row) {
        data->mean[row] = static_cast<float>(mean[row]);
        for (std::size_t column = 0; column <= row; ++column) {
            data->covariance[row][column] = data->covariance[column][row] =
                static_cast<float>((*products)[row][column] - mean[row] * mean[column]);
        }
    }
    Population made(std::move(data));
    // What cannot be read again is not made.
    if (auto again = parse(made.print(), made.provenance().model); !again)
        return again;
    return made;
}

Standing Population::standing(const face::Template& face) const noexcept {
    const auto& x = face.get().unit;
    float square = 0;
    for (std::size_t row = 0; row < size; ++row) {
        const auto& line = data_->covariance[row];
        square += x[row] * std::inner_product(line.begin(), line.end(), x.begin(), 0.F);
    }
    return {std::inner_product(x.begin(), x.end(), data_->mean.begin(), 0.F), std::sqrt(square)};
}

} // namespace kaomon::match
