#include "daemon/face/gate.hpp"

#include "daemon/face/follow.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::face {
std::optional<Reason> gate(const Observation& face, int width, int height, const Gate& limits) {
    const Quality& q = face.quality;
    if (!(q.face_flag >= limits.min_face_flag))
        return Reason::no_face;

    const bool sound = std::ranges::all_of(
        face.mesh, [](const Point3& p) { return std::isfinite(p.x) && std::isfinite(p.y); });
    if (!sound)
        return Reason::no_face;

    // From hair line to chin, so a cut here is a cut of what the embedder sees.
    const Box seen = bounds_of(face.mesh);
    const auto w = static_cast<float>(width);
    const auto h = static_cast<float>(height);
    if (seen.right - seen.left >= w || seen.bottom - seen.top >= h)
        return Reason::face_too_near;
    if (seen.left < 0 || seen.top < 0 || seen.right >= w || seen.bottom >= h)
        return Reason::face_off_centre;

    if (!(q.inter_eye_distance >= limits.min_inter_eye_distance))
        return Reason::face_too_far;
    if (!(q.luminance_mean >= limits.min_luminance))
        return Reason::face_too_dark;
    if (!(q.luminance_mean <= limits.max_luminance))
        return Reason::face_too_bright;
    if (!(q.luminance_deviation >= limits.min_contrast)) {
        return q.luminance_mean < 128 ? Reason::face_too_dark
                                      : Reason::face_too_bright; // fog at one end of the scale
    }
    const bool frontal = std::abs(q.yaw) <= limits.max_yaw && std::abs(q.pitch) <= limits.max_pitch &&
                         std::abs(q.roll) <= limits.max_roll;
    if (!frontal)
        return Reason::face_turned;
    if (!(q.sharpness >= limits.min_sharpness))
        return Reason::face_blurred;
    return std::nullopt;
}

} // namespace kaomon::face
