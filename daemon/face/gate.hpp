// Is this view good enough to be compared, and if not, what should the person do? No library types.
#pragma once

#include "daemon/face/observation.hpp"
#include "proto/reason.hpp"

#include <optional>

namespace kaomon::face {

// Limits of the quality gate, units as in Quality. Percentages are the shares of the dev sets (1,800 grey
// press photographs, 1,304 portraits of East Asian adults in colour) that a limit stops; the other figures
// were measured on the demo photographs, painted over.
struct Gate {
    float min_inter_eye_distance = 40; // the aligned face has 35: below that its pixels are made up
    float max_yaw = 25, max_roll = 25; // 4.4 %, 0 %
    float max_pitch = 30;              // 0.7 %: cameras seldom hang at the height of the eyes
    float min_luminance = 45, max_luminance = 225; // 0.1 %
    float min_contrast = 12;                       // 0.03 %
    float backlight = 80;            // so much brighter a background is what makes a dark face dark
    float min_sharpness = 7;         // 0.8 %; moved aside by a fifth of the eye distance: 3..7
    float min_face_flag = 0.5F;      // MediaPipe's
    float min_eyes_open = 0.05F;     // 0.03 %
    float min_eyes_dark = 0.3F;      // 0.3 %; sunglasses: 0.13..0.27
    float max_eyes_glare = 0.05F;    // 0.2 %; a spot of a quarter of the eye distance: 0.07..0.09
    float max_mouth_covered = 0.15F; // 0.5 % of those in colour; masks: 0.19..0.41, beige ones 0.09..0.17
};

// What is wrong with this view, most helpful first; empty when the view is good. `width`, `height`: of the
// picture, pixels. Reentrant.
std::optional<Reason> gate(const Observation& face, int width, int height, const Gate& limits);

// Must a view with this fault not be compared? Closed or covered eyes, glare and a covered mouth may: some
// eyes are never wide open, some glasses always shine, some people may not bare their face. Comparison
// decides what such a view is worth.
bool forbids(Reason fault) noexcept;

} // namespace kaomon::face
