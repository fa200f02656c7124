#include "drivers/camera/metering.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::camera {
namespace {

constexpr float darkest = 85, brightest = 170, target = 125;
constexpr float gamma = 2.2F; // of the camera's grey levels: a stop of light is not a doubling of the level
constexpr float longest_step = 0.5F; // stops
constexpr float smallest_step = 0.05F;
constexpr Milliseconds until_it_shows{200}, without_a_face{2000};

} // namespace

std::optional<float> Metering::next(std::optional<float> face_luminance, Instant captured) noexcept {
    if (!range_.supported())
        return std::nullopt;
    if (face_luminance)
        seen_ = captured;
    const bool gone = !seen_ || captured - *seen_ >= without_a_face;
    const bool pending = changed_ && captured - *changed_ < until_it_shows;
    if (pending || (!face_luminance && !gone))
        return std::nullopt;
    float wish = 0;
    if (face_luminance) {
        if (*face_luminance >= darkest && *face_luminance <= brightest)
            return std::nullopt;
        const float error = gamma * std::log2(target / std::max(*face_luminance, 1.F));
        wish = std::clamp(stops_ + std::clamp(error, -longest_step, longest_step), range_.lowest,
                          range_.highest);
    }
    if (!(std::abs(wish - stops_) >= smallest_step))
        return std::nullopt;
    stops_ = wish;
    changed_ = captured;
    return wish;
}

} // namespace kaomon::camera
