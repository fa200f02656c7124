#include "daemon/face/search_cv.hpp"

#include <opencv2/core.hpp>

#include <algorithm>
#include <array>

namespace kaomon::face {
namespace {

constexpr Part whole{};
constexpr Part wider{-0.3F, -0.3F, 1.6F};

// Low places first: who sits or is small is there.
constexpr std::array in_turn{
    Part{0.2F, 0.4F, 0.6F}, wider, Part{0.2F, 0.2F, 0.6F}, Part{0, 0.4F, 0.6F}, Part{0.4F, 0.4F, 0.6F},
    Part{0.2F, 0, 0.6F},
};

constexpr std::array patient{
    Try{whole, 0.5F},
    Try{wider, 0.5F},
    Try{{-0.15F, -0.15F, 1.3F}, 0.5F},
    Try{{-0.6F, -0.6F, 2.2F}, 0.5F},
    Try{{0.1F, 0.1F, 0.8F}, 0.5F},
    Try{wider, 0.3F},
    Try{whole, 0.3F},
};

void move(Detection& face, float by_x, float by_y) {
    face.box = {face.box.left + by_x, face.box.top + by_y, face.box.right + by_x, face.box.bottom + by_y};
    for (Point& p : face.points)
        p = {p.x + by_x, p.y + by_y};
}

} // namespace

Result<std::vector<Detection>> find_within(Detector& detector, const cv::Mat& rgb, const Part& part,
                                           float least_score) {
    const auto across = static_cast<float>(rgb.cols), down = static_cast<float>(rgb.rows);
    const cv::Rect wish(cvRound(part.left * across), cvRound(part.top * down),
                        std::max(1, cvRound(part.size * across)), std::max(1, cvRound(part.size * down)));
    const cv::Rect inside = wish & cv::Rect(0, 0, rgb.cols, rgb.rows);
    if (inside.empty())
        return std::vector<Detection>{};
    cv::Mat seen = rgb(inside);
    if (inside != wish) {
        cv::copyMakeBorder(rgb(inside), seen, inside.y - wish.y, wish.br().y - inside.br().y,
                           inside.x - wish.x, wish.br().x - inside.br().x,
                           cv::BORDER_REPLICATE | cv::BORDER_ISOLATED);
    }
    auto faces = detector.find(seen, least_score);
    if (faces) {
        for (Detection& face : *faces)
            move(face, static_cast<float>(wish.x), static_cast<float>(wish.y));
    }
    return faces;
}

std::span<const Part> stream_parts() noexcept {
    return in_turn;
}

std::span<const Try> still_tries() noexcept {
    return patient;
}

} // namespace kaomon::face
