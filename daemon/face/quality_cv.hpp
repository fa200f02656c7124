// What a view of a face is worth, as numbers. Internal to this folder.
#pragma once

#include "daemon/face/observation.hpp"

#include <opencv2/core/mat.hpp>

namespace kaomon::face {

// `face`: mesh and five points are set; `aligned`: the same face as align() gives it. Reentrant.
Quality measure(const Observation& face, float face_flag, const cv::Mat& aligned);

} // namespace kaomon::face
