// Is this view good enough to be compared, and if not, what should the person do? No library types.
#pragma once

#include "daemon/face/observation.hpp"
#include "proto/reason.hpp"

#include <optional>

namespace kaomon::face {

// Limits of the quality gate, units as in Quality. Measured on the dev sets (grey press photographs, colour
// portraits of East Asian adults): figures beside a limit are the shares of these good pictures that it
// stops.
struct Gate {
    float min_inter_eye_distance = 40; // the aligned face has 35: below that its pixels are made up
    float max_yaw = 25, max_pitch = 30,
          max_roll = 25; // more for pitch: cameras seldom hang at the height of the eyes
    float min_luminance = 45, max_luminance = 225;
    float min_contrast = 12;
    float backlight = 80; // a background brighter than a dark face by this is what makes it dark
    float min_sharpness = 25;
    float min_face_flag = 0.5F;
    float min_eyes_open = 0.05F;
    float max_eyes_glare = 0.05F;
    float min_eyes_dark = 0.3F;
    float max_mouth_covered = 60; // of a template under good_norm: without that it is a beard or a shadow
    float good_norm = 10.4F;      // models.md 2.5
};

// What is wrong with this view, most helpful first; empty when the view is good. `width`, `height`: of the
// picture, pixels. Reentrant.
std::optional<Reason> gate(const Observation& face, int width, int height, const Gate& limits);

// Must a view with this fault not be compared? Closed eyes, glare and covered eyes may: some eyes are never
// wide open, some glasses always shine, and what it does to the template shows in its norm.
bool forbids(Reason fault) noexcept;

// The likeliest cause why a template of this norm (0: too short to be one) is weak. Empty when it is not.
// Reentrant.
std::optional<Reason> weakness(float norm, const Quality& quality, const Gate& limits);

} // namespace kaomon::face
