// Does what is nearer to the camera move otherwise than what is farther away? Two views of one face are laid
// upon each other pixel by pixel; what a smooth sheet could do on its own is taken out, and what is left is
// held against the depth of a face: plane plus parallax (Irani, Anandan 1996), by direct alignment.
#pragma once

#include "daemon/liveness/four.hpp"
#include "drivers/base/clock.hpp"

#include <array>
#include <optional>

namespace kaomon::liveness {

// A view, ready to hold later ones against it. Wiped when it goes.
struct ReliefView {
    // Four places; those left over at the end of a level, three at most, are not looked at.
    struct Spots {
        Four x, y;   // pixels of the crop
        Four depth;  // towards the camera, eye distances, by the mesh
        Four gx, gy; // change of the level with a pixel
        Four level;  // grey level
    };
    std::array<SecretVector<Spots>, 2> spots; // of the crop, and of its half
    float contrast = 0;                       // standard deviation of the levels
    float yaw = 0, pitch = 0;                 // degrees, as of the face
    Instant captured;
    bool empty() const noexcept { return spots[0].empty(); }
};

// How the relief of a face moved from one view to the other.
struct ReliefShift {
    // Of what is an eye distance nearer, against what is not: pixels of the crop. A head that turns to the
    // picture's right has right > 0, one that looks up down < 0; a plane, a cylinder and a change of scale,
    // turn and perspective have neither.
    float right = 0, down = 0;
    float significance = 0; // of both together, in standard deviations of the pixels' noise
    float residual = 0;     // what the alignment left over, share of the contrast
    float turn = 0;         // change of the face's pose by the mesh, degrees
};

// Crop pixels of a pixel of a level, and back: the middle of the first pixel is (0, 0) on both.
inline float to_crop(std::size_t level, float x) {
    return level == 0 ? x : 2 * x + 0.5F;
}
inline Four to_level(std::size_t level, Four x) {
    return level == 0 ? x : (x - 0.5F) / 2;
}

// Empty where there is too little of a face. Reentrant, as the other one.
ReliefView relief_view(const FaceCrop& crop, const face::Observation& face, Instant captured);
// Nothing where the two cannot be laid upon each other.
std::optional<ReliefShift> relief_shift(const ReliefView& before, const FaceCrop& after,
                                        const face::Observation& face);

} // namespace kaomon::liveness
