// The measures of quality.hpp. Internal to this folder.
#pragma once

#include "daemon/face/mesh_cv.hpp"
#include "daemon/face/quality.hpp"

namespace kaomon::face {

// Works on the mesh's own square only, so that it costs the same for every picture. `picture_height`: pixels.
// single_face is not its business. Reentrant.
Quality measure(const MeshResult& mesh, int picture_height);

} // namespace kaomon::face
