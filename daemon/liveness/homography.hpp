// Do the points of two pictures lie on one plane? A homography by random samples (Fischler, Bolles: RANSAC,
// 1981).
#pragma once

#include "daemon/liveness/track.hpp"

#include <array>

namespace kaomon::liveness {

// (x, y) -> ((m0 x + m1 y + m2) / w, (m3 x + m4 y + m5) / w), w = m6 x + m7 y + 1
struct Homography {
    std::array<double, 8> m{1, 0, 0, 0, 1, 0, 0, 0};
    face::Point operator()(face::Point p) const noexcept;
};

struct PlaneFit {
    Homography map;
    int points = 0;  // that there were to fit
    float share = 0; // of the points that `map` brings within the tolerance of where they are, 0..1
};

// The plane that most points agree with; share 0 for fewer than 8 points. The same points give the same
// answer. `tolerance`: pixels. Reentrant.
PlaneFit fit_plane(std::span<const Track> tracks, float tolerance);

} // namespace kaomon::liveness
