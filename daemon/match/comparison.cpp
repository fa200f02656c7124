#include "daemon/match/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kaomon::match {

float compare(const face::Template& probe, const face::Template& reference) noexcept {
    const auto& a = probe.get().unit;
    const auto& b = reference.get().unit;
    const float cosine = std::inner_product(a.begin(), a.end(), b.begin(), 0.F);
    // rounding may pass 1; what is no number at all is unlike everything
    return std::isnan(cosine) ? -1.F : std::clamp(cosine, -1.F, 1.F);
}

Score Comparison::compare(const face::Template& probe, const face::Template& reference) const noexcept {
    const float cosine = match::compare(probe, reference);
    if (!population_)
        return {cosine, ScoreKind::cosine};
    const float value = normalise(cosine, population_->standing(probe), population_->standing(reference));
    if (!std::isfinite(value))
        return {.kind = ScoreKind::normalised};
    return {value, ScoreKind::normalised};
}

face::Template fuse(std::span<const face::Template> templates) {
    face::Template fused;
    auto& [unit, norm] = fused.get();
    for (const face::Template& one : templates) {
        for (std::size_t i = 0; i < unit.size(); ++i)
            unit[i] += one.get().unit[i];
        norm = std::max(norm, one.get().norm);
    }
    const float length = std::sqrt(std::inner_product(unit.begin(), unit.end(), unit.begin(), 0.F));
    if (length > 0) {
        for (float& value : unit)
            value /= length;
    }
    return fused;
}

} // namespace kaomon::match
