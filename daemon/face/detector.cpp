#include "daemon/face/detector_cv.hpp"
#include "daemon/face/picture_cv.hpp"
#include "daemon/face/shrink_cv.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace kaomon::face {
namespace {

constexpr int side = 128;                         // pixels, the net's input
constexpr float shift = -1, stretch = 1 / 127.5F; // the net sees -1 ... 1
constexpr float overlap_limit = 0.3F;             // intersection over union: two boxes over it are one face
constexpr std::size_t numbers_per_anchor = 16;    // centre, size, six points

// The net looks with several anchors from the middle of each cell of a grid.
struct Grid {
    std::size_t cell; // pixels of the net's input
    std::size_t anchors;
    std::size_t cells() const { return side / cell; } // across and down
    std::size_t size() const { return cells() * cells() * anchors; }
    Point middle(std::size_t anchor) const {
        const std::size_t at = anchor / anchors, row = at / cells(), column = at % cells();
        const auto half = static_cast<float>(cell) / 2;
        return {static_cast<float>(column * cell) + half, static_cast<float>(row * cell) + half};
    }
};
constexpr std::array<Grid, 2> grids{{{8, 2}, {16, 6}}};

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

Result<Detector> Detector::open(ByteView file, Backend backend) {
    // For each grid, as concatenated in the published net.
    auto network = open_network(
        file, {side, side, {"regressors.0", "regressors.1", "classificators.0", "classificators.1"}},
        backend);
    if (!network)
        return std::unexpected(std::move(network.error()));
    return Detector(std::move(*network));
}

Result<std::vector<Detection>> Detector::find(const cv::Mat& rgb, float least) {
    // Letterbox: the longer side fills the input, the rest stays black. By areas as far as a whole number
    // goes, which is most of it and quick, then bilinear.
    const int longest = std::max(rgb.cols, rgb.rows);
    const float scale = static_cast<float>(side) / static_cast<float>(longest);
    const int times = std::max(1, longest / side);
    const cv::Mat smaller =
        times > 1
            ? shrink(rgb, {0, 0}, {static_cast<float>(rgb.cols), static_cast<float>(rgb.rows)}, times).picture
            : rgb;
    if (smaller.empty())
        return std::vector<Detection>{}; // a strip of less than a pixel of the net's input
    const auto scaled = [&](int length) {
        return std::max(1, static_cast<int>(std::lround(static_cast<float>(length * times) * scale)));
    };
    cv::Mat input(side, side, CV_8UC3, cv::Scalar::all(0));
    cv::Mat filled = input(cv::Rect(0, 0, scaled(smaller.cols), scaled(smaller.rows)));
    cv::resize(smaller, filled, filled.size(), 0, 0, cv::INTER_LINEAR);

    if (auto done = network_->run(pixels_of(input, stretch, shift)); !done)
        return std::unexpected(std::move(done.error()));
    const float least_logit = std::log(least / (1 - least)); // the few over it are worth their exponential
    std::vector<Detection> all;
    for (std::size_t g = 0; g < grids.size(); ++g) {
        const auto boxes = network_->output(g);
        const auto logits = network_->output(grids.size() + g);
        if (logits.size() != grids[g].size() || boxes.size() != grids[g].size() * numbers_per_anchor)
            return fail(Reason::internal_error, "the detector gave another number of boxes");
        for (std::size_t i = 0; i < logits.size(); ++i) {
            if (logits[i] > least_logit)
                all.push_back(
                    read(boxes.data() + i * numbers_per_anchor, grids[g].middle(i), logits[i], scale));
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
