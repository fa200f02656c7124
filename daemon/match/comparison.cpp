#include "daemon/match/comparison.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace kaomon::match {
namespace {

// SFace, raw cosine. The false match rate is that of the group with the highest one that was measured: people
// of the region a Japanese clinic serves are compared with each other, not with the world. Strangers from
// anywhere (LFW) reach 1e-4 already at 0.39, where this group is at 1e-3.
constexpr std::array<Policy, 3> all{{
    {"normal", 0.39F, 1e-3,
     "SFace 2021dec, East Asian adults among themselves (UTKFace, 1,157 images, 0.66 M comparisons), "
     "November 2026"},
    {"strict", 0.454F, 1e-4,
     "SFace 2021dec, East Asian adults among themselves (UTKFace, 1,157 images, 0.66 M comparisons), "
     "November 2026"},
    // 0.064 a decade from the two lines above would be 0.518; the rest is margin, for the tail may be
    // heavier.
    {"very-strict", 0.54F, 1e-5,
     "not measured: extrapolated beyond the two measured points of normal and strict, with a margin of 0.02"},
}};

} // namespace

std::span<const Policy> policies() noexcept {
    return all;
}

const Policy* find_policy(std::string_view name) noexcept {
    const auto* found = std::ranges::find(all, name, &Policy::name);
    return found == all.end() ? nullptr : found;
}

float compare(const face::Template& probe, const face::Template& reference) noexcept {
    const auto& a = probe.get().unit;
    const auto& b = reference.get().unit;
    const float cosine = std::inner_product(a.begin(), a.end(), b.begin(), 0.F);
    // rounding may pass 1; what is no number at all is unlike everything
    return std::isnan(cosine) ? -1.F : std::clamp(cosine, -1.F, 1.F);
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
