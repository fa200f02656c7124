// Where the points of one crop are in another: Lucas and Kanade (1981), from coarse to fine (Bouguet 2000).
#pragma once

#include "daemon/liveness/face_crop.hpp"

#include <span>

namespace kaomon::liveness {

struct Track {
    face::Point from, to; // pixels of either crop
};

// Only points that come back to where they were when they are tracked forth and back (Kalal, Mikolajczyk,
// Matas: Forward-backward error, 2010), within half a pixel. Reentrant.
SecretVector<Track> track(const FaceCrop& from, const FaceCrop& to, std::span<const face::Point> points);

} // namespace kaomon::liveness
