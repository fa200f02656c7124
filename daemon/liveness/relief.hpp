// Does what is nearer to the camera move otherwise than what is farther away? Two views of one face are laid
// upon each other pixel by pixel; what a smooth sheet could do on its own is taken out, and what is left is
// held against the depth of a face: plane plus parallax (Irani, Anandan 1996), by direct alignment (Hager,
// Belhumeur 1998).
#pragma once

#include "daemon/liveness/face_crop.hpp"
#include "drivers/base/clock.hpp"

#include <array>
#include <optional>

namespace kaomon::liveness {

// A view, ready to hold later ones against it. Wiped when it goes.
struct ReliefView {
    struct Spot {
        float x, y;   // pixels of the crop
        float depth;  // towards the camera, eye distances, by the mesh
        float gx, gy; // change of the level with a pixel
        float level;  // grey level
    };
    std::array<SecretVector<Spot>, 2> spots; // of the crop, and of its half
    float contrast = 0;                      // standard deviation of the levels
    float yaw = 0, pitch = 0;                // degrees, as of the face
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

// Empty where there is too little of a face. Reentrant, as the other one.
ReliefView relief_view(const FaceCrop& crop, const face::Observation& face, Instant captured);
// Nothing where the two cannot be laid upon each other.
std::optional<ReliefShift> relief_shift(const ReliefView& before, const FaceCrop& after,
                                        const face::Observation& face);

} // namespace kaomon::liveness
