// What one picture shows of one face: geometry, pose, quality. No library types.
#pragma once

#include "daemon/face/geometry.hpp"
#include "daemon/face/quality.hpp"

#include <cstdint>

namespace kaomon::face {

struct Observation {
    Box box;                     // of the detector, or of its last look moved along with the mesh
    float score = 0;             // of the detector then, 0..1
    MeshPoints mesh{};           // in pixels of the picture
    std::array<Point, 5> five{}; // left eye, right eye, nose, mouth corners, as seen in the picture
    Quality quality;
    std::uint32_t track = 0; // the same number: the same face, followed without a gap. 0: a still
};

} // namespace kaomon::face
