// Points of a face that can be found again: corners in the sense of Shi and Tomasi, Good features to track
// (1994).
#pragma once

#include "daemon/liveness/face_crop.hpp"

namespace kaomon::liveness {

// At most `most`, the strongest first, inside the outline, no two nearer than 5 pixels. Reentrant.
SecretVector<face::Point> corners(const FaceCrop& crop, std::size_t most);

} // namespace kaomon::liveness
