// Is the mesh of this frame still the face of the frame before? No library types.
#pragma once

#include "daemon/face/geometry.hpp"

#include <cstdint>
#include <optional>

namespace kaomon::face {

enum class Slip : std::uint8_t {
    flag,    // the net says: no face (under 0.5, as MediaPipe has it), or a point is no number
    outside, // more than half of it has left the picture
    jump,    // it moved by more than a third of its size: the crop, 1.5 times the face, hardly held it
    size,    // it grew or shrank by more than a quarter
};

// Why it is not, or nothing. `width`, `height`: of the picture, pixels. Pure. Reentrant.
std::optional<Slip> slip(const MeshPoints& before, const MeshPoints& now, float face_flag, int width,
                         int height);

// Around all points.
Box bounds_of(const MeshPoints& mesh) noexcept;

} // namespace kaomon::face
