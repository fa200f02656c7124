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
    const auto near = std::ranges::find_if(best_, [&](const View& other) {
        return std::chrono::abs(captured - other.captured) < between_views;
    });
    if (near != best_.end()) { // the better of the two stays
        if (near->face.get().norm >= view.get().norm)
            return;
        best_.erase(near);
    }
    const auto place = std::ranges::find_if(
        best_, [&](const View& other) { return other.face.get().norm < view.get().norm; });
    best_.insert(place, View{view, captured});
    if (best_.size() > views_)
        best_.pop_back();
}

std::optional<face::Template> Probe::ready(Instant now) const {
    if (best_.size() < views_)
        return std::nullopt;
    const float weakest = best_.back().face.get().norm;
    const bool waited = first_ && now - *first_ >= long_enough;
    if (weakest < (waited ? usable_norm : good_norm))
        return std::nullopt;
    std::vector<face::Template> faces;
    for (const View& view : best_)
        faces.push_back(view.face);
    return fuse(faces);
}

} // namespace kaomon::match
