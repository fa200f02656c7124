// Whose face it is: the capture subject (ISO/IEC 2382-37) among the faces in the picture. Internal to this
// folder.
//
// The patient is the nearest person, that is the largest face. Anybody else is a bystander when the
// difference is clear: less than 0.4 of the patient's area (1.6 times as far away), or less than 0.7 (1.2
// times) and also farther from the picture's middle line by a fifth of its width. Everything else is two
// patients: several_faces. A face that the detector is not sure of (score up to 0.6) is none beside one that
// it is sure of, if that has 0.4 of its area.
#pragma once

#include "daemon/face/detector_cv.hpp"

#include <span>

namespace kaomon::face {

struct Subject {
    Detection face;
    float single_face = 1; // 1 - area of the second largest sure face / area of this one, 0..1
};

// `width`: of the picture, pixels. Reasons: no_face, several_faces. Reentrant.
Result<Subject> subject_among(std::span<const Detection> faces, int width);

} // namespace kaomon::face
