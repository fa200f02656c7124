#include "drivers/camera/v4l2/exposure.hpp"

#include <linux/videodev2.h>

#include <algorithm>
#include <cmath>

namespace kaomon::camera::v4l2 {
namespace {

constexpr float time_range = 2,
                gain_range = 2;   // stops; the loop over the face finds out what they are worth here
constexpr float switch_at = 0.5F; // stops, of a backlight compensation
constexpr std::int32_t most_bias_steps = 64;

} // namespace

std::optional<Exposure::Control> Exposure::find(const Device& device, std::uint32_t id) {
    v4l2_queryctrl about{};
    about.id = id;
    if (!device.call(VIDIOC_QUERYCTRL, "VIDIOC_QUERYCTRL", &about))
        return std::nullopt;
    constexpr std::uint32_t useless =
        V4L2_CTRL_FLAG_DISABLED | V4L2_CTRL_FLAG_READ_ONLY | V4L2_CTRL_FLAG_GRABBED;
    v4l2_control now{};
    now.id = id;
    if ((about.flags & useless) != 0 || about.minimum >= about.maximum ||
        !device.call(VIDIOC_G_CTRL, "VIDIOC_G_CTRL", &now))
        return std::nullopt;
    return Control{id, about.minimum, about.maximum, std::max(about.step, 1), now.value};
}

Exposure Exposure::of(const Device& device, Milliseconds interval) {
    Exposure found;
    if (auto bias = find(device, V4L2_CID_AUTO_EXPOSURE_BIAS);
        bias && bias->highest - bias->lowest < most_bias_steps) {
        for (std::int32_t index = bias->lowest; index <= bias->highest; ++index) {
            v4l2_querymenu entry{};
            entry.id = bias->id;
            entry.index = static_cast<std::uint32_t>(index);
            if (!device.call(VIDIOC_QUERYMENU, "VIDIOC_QUERYMENU", &entry))
                break;
            found.bias_steps_.push_back(entry.value);
        }
        const auto [lowest, highest] =
            std::ranges::minmax(found.bias_steps_.empty() ? std::vector<std::int64_t>{0} : found.bias_steps_);
        found.range_ = {static_cast<float>(lowest) / 1000, static_cast<float>(highest) / 1000};
        if (found.range_.supported()) {
            found.bias_ = bias;
            return found;
        }
    }
    auto mode = find(device, V4L2_CID_EXPOSURE_AUTO);
    auto time = find(device, V4L2_CID_EXPOSURE_ABSOLUTE);
    // A camera that somebody set to a time of its own keeps it.
    if (mode && time && mode->found != V4L2_EXPOSURE_MANUAL &&
        mode->found != V4L2_EXPOSURE_SHUTTER_PRIORITY) {
        found.mode_ = mode;
        found.time_ = time;
        found.gain_ = find(device, V4L2_CID_GAIN);
        found.longest_time_ =
            std::clamp(static_cast<std::int32_t>(interval.count() * 10), time->lowest, time->highest);
        found.range_ = {-time_range, time_range + (found.gain_ ? gain_range : 0)};
        return found;
    }
    found.backlight_ = find(device, V4L2_CID_BACKLIGHT_COMPENSATION);
    if (found.backlight_)
        found.range_ = {0, 1};
    return found;
}

Result<void> Exposure::write(const Device& device, const Control& control, std::int64_t value) {
    const std::int64_t inside = std::clamp<std::int64_t>(value, control.lowest, control.highest);
    v4l2_control now{};
    now.id = control.id;
    now.value =
        static_cast<std::int32_t>(control.lowest + (inside - control.lowest) / control.step * control.step);
    if (const auto set = device.call(VIDIOC_S_CTRL, "VIDIOC_S_CTRL", &now); !set)
        return std::unexpected(set.error().failure);
    return {};
}

// Times and gains count from what the automatic had chosen when it was switched off.
Result<void> Exposure::set_time(const Device& device, float stops) {
    if (stops == 0)
        return write(device, *mode_, mode_->found);
    if (!touched_) {
        if (const auto now = find(device, time_->id))
            time_->found = now->found;
    }
    touched_ = true;
    if (const auto manual = write(device, *mode_, V4L2_EXPOSURE_MANUAL); !manual)
        return manual;
    const auto base = static_cast<float>(std::max(time_->found, 1));
    const float wish = base * std::exp2(stops);
    const float time = std::min(wish, static_cast<float>(std::max(longest_time_, time_->found)));
    if (const auto set = write(device, *time_, std::llround(time)); !set || !gain_)
        return set;
    const float rest = std::clamp(std::log2(wish / time) / gain_range, 0.F, 1.F);
    return write(device, *gain_,
                 gain_->found + std::llround(rest * static_cast<float>(gain_->highest - gain_->found)));
}

Result<void> Exposure::set(const Device& device, float stops) {
    if (!range_.supported())
        return fail(Reason::camera_error, "this camera's exposure cannot be set");
    const float inside = std::clamp(stops, range_.lowest, range_.highest);
    if (time_)
        return set_time(device, inside);
    touched_ = true;
    if (backlight_)
        return write(device, *backlight_, inside >= switch_at ? backlight_->highest : backlight_->found);
    const auto nearest = std::ranges::min_element(bias_steps_, {}, [&](std::int64_t step) {
        return std::abs(static_cast<float>(step) / 1000 - inside);
    });
    return write(device, *bias_, bias_->lowest + (nearest - bias_steps_.begin()));
}

void Exposure::restore(const Device& device) noexcept {
    if (!touched_)
        return;
    touched_ = false;
    // The mode last: in automatic mode the time cannot be written.
    for (const auto& control : {bias_, backlight_, time_, gain_, mode_}) {
        if (control)
            static_cast<void>(write(device, *control, control->found));
    }
}

} // namespace kaomon::camera::v4l2
