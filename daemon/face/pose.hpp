// Which way a face looks, from its mesh. No library types.
#pragma once

#include "daemon/face/geometry.hpp"

namespace kaomon::face {

// Degrees. yaw > 0: turned to the picture's right; pitch > 0: looking up; roll > 0: leaning clockwise as seen
// in the picture. 0, 0, 0 for a face that looks into the camera.
struct Pose {
    float yaw = 0, pitch = 0, roll = 0;
};

// Reentrant. Good to a few degrees within half a turn of the frontal view: the mesh's depth is a guess of its
// net.
Pose pose_of(const MeshPoints& mesh);

} // namespace kaomon::face
