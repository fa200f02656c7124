// Places in a picture. No library types.
#pragma once

#include <array>

namespace kaomon::face {

struct Point {
    float x = 0, y = 0; // pixels of the picture, from its upper left corner
};
struct Point3 {
    float x = 0, y = 0, z = 0; // pixels; z towards the camera is negative (MediaPipe face mesh)
};
struct Box {
    float left = 0, top = 0, right = 0, bottom = 0; // pixels
    float width() const noexcept { return right - left; }
    float height() const noexcept { return bottom - top; }
};

using MeshPoints = std::array<Point3, 468>; // MediaPipe face mesh, in its order

} // namespace kaomon::face
