#include "daemon/face/pose.hpp"
#include "daemon/face/quality_cv.hpp"

#include <opencv2/imgproc.hpp>

#include <cmath>

namespace kaomon::face {
namespace {

// Skin and features of every face, neither hair nor background nor the black of a cut face's border: from the
// brows to the lower lip of the aligned face, pixels of 112.
const cv::Rect inner{26, 36, 60, 64};

} // namespace

Quality measure(const Observation& face, float face_flag, const cv::Mat& aligned) {
    Quality quality;
    quality.inter_eye_distance = std::hypot(face.five[1].x - face.five[0].x, face.five[1].y - face.five[0].y);
    const Pose pose = pose_of(face.mesh);
    quality.yaw = pose.yaw;
    quality.pitch = pose.pitch;
    quality.roll = pose.roll;
    quality.face_flag = face_flag;

    cv::Mat grey, edges;
    cv::cvtColor(aligned(inner), grey, cv::COLOR_RGB2GRAY);
    cv::Scalar mean, deviation;
    cv::meanStdDev(grey, mean, deviation);
    quality.mean_luminance = static_cast<float>(mean[0]);
    quality.contrast = static_cast<float>(deviation[0]);
    cv::Laplacian(grey, edges, CV_32F);
    cv::meanStdDev(edges, mean, deviation);
    quality.sharpness = static_cast<float>(deviation[0] * deviation[0]);
    return quality;
}

} // namespace kaomon::face
