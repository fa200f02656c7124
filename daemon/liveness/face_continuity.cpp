#include "daemon/liveness/face_continuity.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::liveness {
namespace {

constexpr Milliseconds absence{500}; // of the face, after which it may be another one
constexpr float jump = 0.6F;         // of the face's width between two frames

float distance(const face::Box& a, const face::Box& b) {
    return std::hypot(a.left + a.right - b.left - b.right, a.top + a.bottom - b.top - b.bottom) / 2;
}

} // namespace

bool FaceContinuity::broken_by(const std::optional<face::Observation>& face, Instant captured) {
    const bool gone = seen_ && captured - seen_->last > absence;
    const bool jumped =
        seen_ && face &&
        distance(face->box, seen_->box) > jump * std::max(face->box.width(), seen_->box.width());
    if (gone || jumped)
        seen_.reset();
    if (face)
        seen_ = Seen{seen_ ? seen_->first : captured, captured, face->box};
    return gone || jumped;
}

std::optional<Instant> FaceContinuity::since() const {
    return seen_ ? std::optional(seen_->first) : std::nullopt;
}

} // namespace kaomon::liveness
