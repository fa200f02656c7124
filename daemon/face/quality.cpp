#include "daemon/face/align_cv.hpp"
#include "daemon/face/pose.hpp"
#include "daemon/face/quality_cv.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace kaomon::face {
namespace {

// Parts of the aligned face, pixels of 112 x 112: eyes at (38, 52) and (74, 52), mouth from (42, 92) to (71,
// 92).
const cv::Rect inner{26, 36, 60, 64};
const cv::Rect left_cheek{26, 60, 20, 24}, right_cheek{66, 60, 20, 24};
const cv::Rect left_below{28, 68, 18, 14}, right_below{66, 68, 18, 14}; // cheeks that no glasses reach
const cv::Rect left_eye{26, 44, 24, 15}, right_eye{62, 44, 24, 15};
const cv::Rect between_eyes{49, 38, 14, 12}; // skin that neither a mask nor glasses cover
const cv::Rect lower_face{38, 84, 36, 22};   // mouth and chin

// Levels of OFIQ: under- and over-exposure prevention.
constexpr int darkest = 25, brightest = 247;

// Beside the head, in the mesh's square: two strips from the brows' height up. The face spans two thirds.
constexpr int strip = 14;
const cv::Rect beside_left{0, 8, strip, 96}, beside_right{crop_side - strip, 8, strip, 96};

float distance(const Point3& a, const Point3& b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

// Lids 159 over 145 and 386 over 374, lips 13 over 14, chin 152.
void measure_openings(const MeshPoints& mesh, const std::array<Point, 5>& five, int picture_height,
                      Quality& quality) {
    const Point eyes{(five[0].x + five[1].x) / 2, (five[0].y + five[1].y) / 2};
    const float to_chin = std::max(std::hypot(mesh[152].x - eyes.x, mesh[152].y - eyes.y), 1e-3F);
    quality.eyes_open = std::min(distance(mesh[159], mesh[145]), distance(mesh[386], mesh[374])) / to_chin;
    quality.mouth_open = distance(mesh[13], mesh[14]) / to_chin;
    quality.head_size = to_chin / static_cast<float>(picture_height);
}

using Histogram = std::array<int, 256>;

Histogram histogram_of(const cv::Mat& grey) {
    Histogram bins{};
    for (int y = 0; y < grey.rows; ++y) {
        const auto* row = grey.ptr<std::uint8_t>(y);
        for (int x = 0; x < grey.cols; ++x)
            ++bins[row[x]];
    }
    return bins;
}

float share(const Histogram& bins, int from, int to) {
    int inside = 0, all = 0;
    for (int level = 0; level < 256; ++level) {
        all += bins[static_cast<std::size_t>(level)];
        if (level >= from && level <= to)
            inside += bins[static_cast<std::size_t>(level)];
    }
    return all > 0 ? static_cast<float>(inside) / static_cast<float>(all) : 0;
}

float entropy(const Histogram& bins, std::size_t pixels) {
    float bits = 0;
    for (const int count : bins) {
        if (count > 0) {
            const float p = static_cast<float>(count) / static_cast<float>(pixels);
            bits -= p * std::log2(p);
        }
    }
    return bits;
}

// The standard's bins are one level wide; two cheeks of 480 pixels each fill sixteen of them better.
float intersection(const Histogram& a, const Histogram& b) {
    float common = 0;
    constexpr int width = 16;
    for (int level = 0; level < 256; level += width)
        common += std::min(share(a, level, level + width - 1), share(b, level, level + width - 1));
    return common;
}

float mean_of(const cv::Mat& grey, const cv::Rect& part) {
    return static_cast<float>(cv::mean(grey(part))[0]);
}

// Variance of the second difference along one axis: a face that moved aside is sharp along the other one
// only.
float bend(const cv::Mat& grey, int x, int y) {
    cv::Mat edges;
    cv::Scalar mean, deviation;
    cv::Sobel(grey, edges, CV_16S, 2 * x, 2 * y, 1);
    cv::meanStdDev(edges, mean, deviation);
    return static_cast<float>(deviation[0] * deviation[0]);
}

// Red against blue, of all light: skin of every tone is warm, -1..1.
float warmth(const cv::Mat& rgb, const cv::Rect& part) {
    const cv::Scalar mean = cv::mean(rgb(part));
    return static_cast<float>((mean[0] - mean[2]) / std::max(mean[0] + mean[1] + mean[2], 1.0));
}

void measure_light(const cv::Mat& grey, Quality& quality) {
    const Histogram bins = histogram_of(grey(inner));
    cv::Scalar mean, deviation;
    cv::meanStdDev(grey(inner), mean, deviation);
    quality.luminance_mean = static_cast<float>(mean[0]);
    quality.luminance_deviation = static_cast<float>(deviation[0]);
    quality.under_exposed = share(bins, 0, darkest);
    quality.over_exposed = share(bins, brightest, 255);
    quality.dynamic_range = entropy(bins, static_cast<std::size_t>(inner.area()));
    quality.illumination_uniformity =
        intersection(histogram_of(grey(left_cheek)), histogram_of(grey(right_cheek)));

    quality.sharpness = std::min(bend(grey(inner), 1, 0), bend(grey(inner), 0, 1));
}

void measure_occlusion(const cv::Mat& rgb, const cv::Mat& grey, Quality& quality) {
    const float cheeks = (mean_of(grey, left_below) + mean_of(grey, right_below)) / 2;
    quality.eyes_dark = (mean_of(grey, left_eye) + mean_of(grey, right_eye)) / 2 / std::max(cheeks, 1.F);
    quality.eyes_glare = (share(histogram_of(grey(left_eye)), brightest, 255) +
                          share(histogram_of(grey(right_eye)), brightest, 255)) /
                         2;
    quality.mouth_covered = warmth(rgb, between_eyes) - warmth(rgb, lower_face);
}

} // namespace

Quality measure(const MeshResult& mesh, int picture_height) {
    Quality quality;
    quality.face_flag = mesh.face_flag;
    const Pose pose = pose_of(mesh.points);
    quality.yaw = pose.yaw;
    quality.pitch = pose.pitch;
    quality.roll = pose.roll;
    std::array<Point, 5> five = five_points(mesh.points);
    const float cosine = std::max(std::cos(pose.yaw * std::numbers::pi_v<float> / 180), 0.2F);
    quality.inter_eye_distance = std::hypot(five[1].x - five[0].x, five[1].y - five[0].y) / cosine;
    measure_openings(mesh.points, five, picture_height, quality);

    for (Point& point : five)
        point = mesh.crop.into(point);
    const cv::Mat aligned = align(mesh.square, five);
    cv::Mat grey, side;
    cv::cvtColor(aligned, grey, cv::COLOR_RGB2GRAY);
    measure_light(grey, quality);
    measure_occlusion(aligned, grey, quality);
    for (const cv::Rect& part : {beside_left, beside_right}) {
        cv::cvtColor(mesh.square(part), side, cv::COLOR_RGB2GRAY);
        quality.background_luminance += static_cast<float>(cv::mean(side)[0]) / 2;
    }
    return quality;
}

} // namespace kaomon::face
