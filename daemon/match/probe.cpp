#include "daemon/match/probe.hpp"

#include "daemon/match/comparison.hpp"

#include <algorithm>

namespace kaomon::match {
namespace {

// Norms of SFace templates at the 10 % and 30 % point of frames that fail rarely: models.md 2.5.
constexpr float good_norm = 11.2F;
constexpr float usable_norm = 10.4F;
// Neighbouring frames of one camera show the same picture: these are views apart.
constexpr Milliseconds between_views{120};
// After so long the usable views are taken as they are.
constexpr Milliseconds long_enough{1500};

} // namespace

void Probe::add(const face::Template& view, Instant captured) {
    if (!first_)
        first_ = captured;
    const bool near = last_ && captured - *last_ < between_views;
    if (near && !best_.empty() && best_.size() == views_ && view.get().norm <= best_.back().get().norm)
        return;
    if (near && best_.size() < views_)
        return;
    last_ = captured;
    const auto place = std::ranges::find_if(
        best_, [&](const face::Template& other) { return other.get().norm < view.get().norm; });
    best_.insert(place, view);
    if (best_.size() > views_)
        best_.pop_back();
}

std::optional<face::Template> Probe::ready(Instant now) const {
    if (best_.size() < views_)
        return std::nullopt;
    const float weakest = best_.back().get().norm;
    const bool waited = first_ && now - *first_ >= long_enough;
    if (weakest < (waited ? usable_norm : good_norm))
        return std::nullopt;
    return fuse(best_);
}

} // namespace kaomon::match
