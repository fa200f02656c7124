#include "daemon/match/probe.hpp"

#include "daemon/match/comparison.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::match {
namespace {

// Norms of SFace templates. 11.2 and 10.4 are the 30 % and 10 % point of press photographs
// (LFW), 12.5 about their 65 % point. In a set of portraits of East Asian adults a third is
// under 10.4 and 5 % under 9.1: hence the steps below.
constexpr float strong_norm = 12.5F, good_norm = 11.2F, usable_norm = 10.4F, weak_norm = 9.5F;
constexpr std::size_t strong_views = 2;
constexpr float of_a_flaw = 1; // what it takes off the norm

// Neighbouring frames of one camera show the same picture: these are views apart.
constexpr Milliseconds between_views{120}, between_poses{60};
constexpr float another_pose = 5; // degrees
// After each of these less is asked for.
constexpr Milliseconds patience{1500};

// Two views of one person with norms that pass are hardly ever so far apart (1 % of press photographs taken
// years apart), those of two people hardly ever so near (1e-4 of them; LFW).
constexpr float unlike = 0.35F;

bool neighbours(const View& a, const View& b) {
    const auto apart = std::chrono::abs(a.captured - b.captured);
    const bool turned = std::hypot(a.yaw - b.yaw, a.pitch - b.pitch) >= another_pose;
    return apart < (turned ? between_poses : between_views);
}

} // namespace

float Probe::worth(const View& view) noexcept {
    return view.face.get().norm - (view.flawed ? of_a_flaw : 0);
}

bool Probe::another_person(const View& view) const {
    return !best_.empty() && compare(best_.front().face, view.face) < unlike;
}

bool Probe::add(View view) {
    const bool another = another_person(view);
    if (another || (!best_.empty() && best_.front().track != view.track)) {
        best_.clear();
        first_.reset();
    }
    if (!first_)
        first_ = view.captured;
    const auto near = [&](const View& other) { return neighbours(other, view); };
    // of neighbours the better one stays
    if (std::ranges::any_of(best_,
                            [&](const View& other) { return near(other) && worth(other) >= worth(view); }))
        return another;
    std::erase_if(best_, near);
    best_.insert(std::ranges::find_if(best_, [&](const View& other) { return worth(other) < worth(view); }),
                 std::move(view));
    if (best_.size() > views_)
        best_.pop_back();
    return another;
}

std::optional<face::Template> Probe::best(std::size_t count, float least_norm) const {
    if (best_.size() < count || worth(best_[count - 1]) < least_norm)
        return std::nullopt;
    std::vector<face::Template> faces;
    for (const View& view : best_) {
        if (worth(view) >= least_norm)
            faces.push_back(view.face);
    }
    return fuse(faces);
}

std::optional<face::Template> Probe::ready(Instant now) const {
    if (!first_)
        return std::nullopt;
    if (views_ > strong_views) {
        if (auto strong = best(strong_views, strong_norm))
            return strong;
    }
    const auto waits = static_cast<std::size_t>(std::max<std::int64_t>(0, (now - *first_) / patience));
    if (waits < 3)
        return best(views_, waits == 0 ? good_norm : waits == 1 ? usable_norm : weak_norm);
    const std::size_t fewer = waits - 2;
    return best(views_ > fewer ? views_ - fewer : 1, 0);
}

} // namespace kaomon::match
