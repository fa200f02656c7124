#include "daemon/face/shrink_cv.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace kaomon::face {
namespace {

int within(float value, int limit) {
    return std::isfinite(value) ? static_cast<int>(std::clamp(value, 0.F, static_cast<float>(limit))) : 0;
}

} // namespace

Smaller shrink(const cv::Mat& rgb, Point upper_left, Point lower_right, int times) {
    Smaller result;
    result.times = times;
    result.corner = {within(std::floor(upper_left.x), rgb.cols), within(std::floor(upper_left.y), rgb.rows)};
    const int across = (within(std::ceil(lower_right.x), rgb.cols) - result.corner.x) / times;
    const int down = (within(std::ceil(lower_right.y), rgb.rows) - result.corner.y) / times;
    if (across < 1 || down < 1)
        return result;
    const cv::Rect part(result.corner, cv::Size(across * times, down * times));
    cv::resize(rgb(part), result.picture, {across, down}, 0, 0, cv::INTER_AREA);
    return result;
}

} // namespace kaomon::face
