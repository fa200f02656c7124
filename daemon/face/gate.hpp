// Is this view good enough to be compared, and if not, what should the person do? No library types.
#pragma once

#include "daemon/face/observation.hpp"
#include "proto/reason.hpp"

#include <optional>

namespace kaomon::face {

// Limits of the quality gate, units as in Quality. Where a limit comes from stands beside it; "dev sets" are
// 3,104 press and portrait photographs of which these limits let pass what the shares in gate.cpp say.
struct Gate {
    float min_inter_eye_distance = 40; // the aligned face has 35: below that its pixels are made up
    float max_yaw = 25, max_pitch = 25, max_roll = 25;
    float min_luminance = 45, max_luminance = 225;
    float min_contrast = 12;
    float min_sharpness = 25;
    float min_face_flag = 0.5F;
};

// What is wrong with this view, most helpful first; empty when the view is good. `width`, `height`: of the
// picture, pixels. Reentrant.
std::optional<Reason> gate(const Observation& face, int width, int height, const Gate& limits);

} // namespace kaomon::face
