// The square of a picture that the mesh net looks at, upright along the line of the eyes. Internal to this
// folder.
#pragma once

#include "daemon/face/detector_cv.hpp"

#include <opencv2/core/mat.hpp>
#include <opencv2/core/matx.hpp>

namespace kaomon::face {

inline constexpr int crop_side = 192; // pixels, the mesh net's input

struct Crop {
    float x = 0, y = 0;                 // centre, pixels of the picture
    float size = 0;                     // side, pixels of the picture
    float cosine = 1, sine = 0;         // of the eyes' slope
    Point into(Point p) const noexcept; // pixels of the picture -> pixels of crop_side
    Point out_of(Point p) const noexcept;
};

// As a detection gives it: 1.5 times the longer side of the box, turned by the line of the eyes,
// as MediaPipe feeds this network. Reentrant.
Crop crop_of(const Detection& face);
// As the points of the frame before give it. Reentrant.
Crop crop_around(const MeshPoints& mesh);

// crop_side x crop_side RGB; the picture's border pixels go on outside. Nothing for a crop of less than 16
// pixels or more than four times the picture: only a fooled net gives one. Reentrant.
cv::Mat cut(const cv::Mat& rgb, const Crop& crop);

} // namespace kaomon::face
