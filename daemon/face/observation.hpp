// What one picture shows of one face: geometry, pose, quality. No library types.
#pragma once

#include "proto/reason.hpp"

#include <array>
#include <optional>

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

// ISO/IEC 29794-5 names where it has one.
struct Quality {
    float inter_eye_distance = 0;       // pixels
    float yaw = 0, pitch = 0, roll = 0; // degrees; 0 = frontal
    float mean_luminance = 0;           // 0..255, over the face
    float contrast = 0;                 // standard deviation of luminance over the face, 0..128
    float sharpness = 0; // variance of the Laplacian on the aligned face, in grey levels squared
    float face_flag = 0; // the mesh net's own belief that this is a face, 0..1
};

struct Observation {
    Box box;
    float score = 0;                // detector, 0..1
    std::array<Point3, 468> mesh{}; // face mesh, in pixels of the picture
    std::array<Point, 5> five{};    // left eye, right eye, nose, mouth corners, as seen in the picture
    Quality quality;
};

} // namespace kaomon::face
