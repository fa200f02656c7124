#include "daemon/face/detector_cv.hpp"
#include "daemon/face/picture_cv.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace kaomon::face {
namespace {

constexpr int side = 128;                      // pixels, the net's input
constexpr float overlap_limit = 0.3F;          // intersection over union: two boxes over it are one face
constexpr std::size_t numbers_per_anchor = 16; // centre, size, six points

// The net looks from 2 anchors in each cell of a 16 x 16 grid and 6 in each of an 8 x 8 grid.
const std::vector<Point>& anchors() {
    static const std::vector<Point> all = [] {
        std::vector<Point> points;
        for (const auto& [stride, each] : {std::pair{8, 2}, std::pair{16, 6}}) {
            for (int y = stride / 2; y < side; y += stride) {
                for (int x = stride / 2; x < side; x += stride) {
                    points.insert(points.end(), static_cast<std::size_t>(each),
                                  {static_cast<float>(x), static_cast<float>(y)});
                }
            }
        }
        return points;
    }();
    return all;
}

float area(const Box& box) {
    return std::max(0.F, box.width()) * std::max(0.F, box.height());
}

float overlap(const Box& a, const Box& b) {
    const Box both{std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right),
                   std::min(a.bottom, b.bottom)};
    const float common = area(both);
    const float united = area(a) + area(b) - common;
    return united > 0 ? common / united : 0;
}

Detection read(const float* numbers, Point anchor, float logit, float scale) {
    const auto point = [&](std::size_t i) {
        return Point{(numbers[i] + anchor.x) / scale, (numbers[i + 1] + anchor.y) / scale};
    };
    Detection found;
    const Point centre = point(0);
    const float half_width = numbers[2] / scale / 2;
    const float half_height = numbers[3] / scale / 2;
    found.box = {centre.x - half_width, centre.y - half_height, centre.x + half_width,
                 centre.y + half_height};
    found.score = 1 / (1 + std::exp(-logit));
    for (std::size_t i = 0; i < found.points.size(); ++i)
        found.points[i] = point(4 + 2 * i);
    return found;
}

} // namespace

Result<Detector> Detector::open(ByteView onnx) {
    auto network = open_with_opencv(onnx, {3, side, side}, {"regressors", "classificators"});
    if (!network)
        return std::unexpected(std::move(network.error()));
    return Detector(std::move(*network));
}

Result<std::vector<Detection>> Detector::find(const cv::Mat& rgb) {
    // Letterbox: the longer side fills the input, the rest stays black.
    const float scale = static_cast<float>(side) / static_cast<float>(std::max(rgb.cols, rgb.rows));
    const auto scaled = [&](int length) {
        return std::max(1, static_cast<int>(std::lround(static_cast<float>(length) * scale)));
    };
    cv::Mat input(side, side, CV_8UC3, cv::Scalar::all(0));
    cv::Mat filled = input(cv::Rect(0, 0, scaled(rgb.cols), scaled(rgb.rows)));
    cv::resize(rgb, filled, filled.size(), 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);

    const auto outputs = network_->run(planes(input, 1 / 127.5F, -1));
    if (!outputs)
        return std::unexpected(outputs.error());
    const auto& [boxes, logits] = std::tie((*outputs)[0], (*outputs)[1]);
    if (logits.size() != anchors().size() || boxes.size() != anchors().size() * numbers_per_anchor) {
        return fail(Reason::internal_error, "the detector gave another number of boxes");
    }

    std::vector<Detection> all;
    for (std::size_t i = 0; i < logits.size(); ++i) {
        if (logits[i] > 0) { // a score over one half
            all.push_back(read(boxes.data() + i * numbers_per_anchor, anchors()[i], logits[i], scale));
        }
    }
    std::ranges::sort(all, std::greater{}, &Detection::score);
    std::vector<Detection> faces;
    for (const Detection& one : all) {
        const bool known = std::ranges::any_of(
            faces, [&](const Detection& other) { return overlap(one.box, other.box) > overlap_limit; });
        if (!known)
            faces.push_back(one);
    }
    std::ranges::sort(faces, std::greater{}, [](const Detection& one) { return area(one.box); });
    return faces;
}

} // namespace kaomon::face
