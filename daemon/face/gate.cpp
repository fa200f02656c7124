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
    // Too little light on the face, told by its end of the scale where it is fog.
    const bool fog = !(q.luminance_deviation >= limits.min_contrast);
    if (!(q.luminance_mean >= limits.min_luminance) || (fog && q.luminance_mean < 128)) {
        const bool before_a_window = q.background_luminance > q.luminance_mean + limits.backlight;
        return before_a_window ? Reason::face_backlit : Reason::face_too_dark;
    }
    if (!(q.luminance_mean <= limits.max_luminance) || fog)
        return Reason::face_too_bright;
    const bool frontal = std::abs(q.yaw) <= limits.max_yaw && std::abs(q.pitch) <= limits.max_pitch &&
                         std::abs(q.roll) <= limits.max_roll;
    if (!frontal)
        return Reason::face_turned;
    if (!(q.sharpness >= limits.min_sharpness))
        return Reason::face_blurred;
    // From here on advice.
    if (!(q.mouth_covered <= limits.max_mouth_covered))
        return Reason::face_mouth_covered;
    if (!(q.eyes_dark >= limits.min_eyes_dark))
        return Reason::face_eyes_covered;
    if (!(q.eyes_glare <= limits.max_eyes_glare))
        return Reason::face_glasses_glare;
    if (!(q.eyes_open >= limits.min_eyes_open))
        return Reason::face_eyes_closed;
    return std::nullopt;
}

bool forbids(Reason fault) noexcept {
    return describe(fault).weight != Weight::advice;
}

} // namespace kaomon::face
