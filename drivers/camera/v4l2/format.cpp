#include "drivers/camera/v4l2/format.hpp"

#include "drivers/camera/raw.hpp"
#include "drivers/camera/v4l2/pixel_format.hpp"

#include <linux/videodev2.h>

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace kaomon::camera::v4l2 {
namespace {

constexpr std::uint32_t most_entries =
    256; // of a driver's list: a driver that never ends one must not hold us
constexpr int smallest_side = 120,
              longest_side = 4096; // pixels; below, no face fits; above, decode() refuses

struct Size {
    int width, height;
};

// The best pixel format on offer, as V4L2 names it.
Result<std::uint32_t> choose_pixels(const Device& device) {
    std::vector<std::uint32_t> offered;
    for (std::uint32_t index = 0; index < most_entries; ++index) {
        v4l2_fmtdesc entry{};
        entry.index = index;
        entry.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        const auto listed = device.call(VIDIOC_ENUM_FMT, "VIDIOC_ENUM_FMT", &entry);
        if (!listed && listed.error().error == EINVAL)
            break; // the end of the list
        if (!listed)
            return std::unexpected(listed.error().failure);
        offered.push_back(entry.pixelformat);
    }
    if (const auto best = best_of(offered))
        return *best;
    std::string names;
    for (const std::uint32_t one : offered)
        names += (names.empty() ? "" : ", ") + format_name(one);
    return fail(Reason::camera_unsuitable, names.empty() ? "the camera offers no format"
                                                         : "the camera offers only " + names + ", none of " +
                                                               std::string(decodable_formats()));
}

int nearest_step(std::uint32_t lowest, std::uint32_t highest, std::uint32_t step, int wish) {
    const std::int64_t low = lowest, high = highest, by = std::max<std::uint32_t>(step, 1);
    const std::int64_t inside = std::clamp<std::int64_t>(wish, low, std::max(low, high));
    return static_cast<int>(low + (inside - low) / by * by);
}

// The listed size nearest to the wish; the wish itself where the driver lists none and S_FMT has to adjust.
Result<Size> choose_size(const Device& device, std::uint32_t pixels, Size wish) {
    std::optional<Size> best;
    const auto distance = [wish](Size size) {
        return std::abs(size.width - wish.width) + std::abs(size.height - wish.height);
    };
    for (std::uint32_t index = 0; index < most_entries; ++index) {
        v4l2_frmsizeenum entry{};
        entry.index = index;
        entry.pixel_format = pixels;
        const auto listed = device.call(VIDIOC_ENUM_FRAMESIZES, "VIDIOC_ENUM_FRAMESIZES", &entry);
        if (!listed && (listed.error().error == EINVAL || listed.error().error == ENOTTY))
            break;
        if (!listed)
            return std::unexpected(listed.error().failure);
        if (entry.type != V4L2_FRMSIZE_TYPE_DISCRETE) {
            const auto& range = entry.stepwise;
            return Size{nearest_step(range.min_width, range.max_width, range.step_width, wish.width),
                        nearest_step(range.min_height, range.max_height, range.step_height, wish.height)};
        }
        const Size size{static_cast<int>(entry.discrete.width), static_cast<int>(entry.discrete.height)};
        if (size.width > longest_side || size.height > longest_side)
            continue;
        if (!best || distance(size) < distance(*best))
            best = size;
    }
    return best.value_or(wish);
}

// Not every driver lets the rate be set; then it stays as it is.
Result<Milliseconds> set_rate(const Device& device, int rate) {
    v4l2_streamparm parameters{};
    parameters.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    parameters.parm.capture.timeperframe = {1, static_cast<std::uint32_t>(rate)};
    const auto set = device.call(VIDIOC_S_PARM, "VIDIOC_S_PARM", &parameters);
    if (!set && set.error().error != ENOTTY && set.error().error != EINVAL) {
        return std::unexpected(set.error().failure);
    }
    const auto& got = parameters.parm.capture.timeperframe;
    if (!set || got.numerator == 0 || got.denominator == 0)
        return Milliseconds(1000 / rate);
    return Milliseconds(std::int64_t{1000} * got.numerator / got.denominator);
}

} // namespace

Result<Format> agree_on_format(const Device& device, int width, int height, int rate) {
    const auto pixels = choose_pixels(device);
    if (!pixels)
        return std::unexpected(pixels.error());
    const auto size = choose_size(device, *pixels, {width, height});
    if (!size)
        return std::unexpected(size.error());

    v4l2_format format{};
    format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    auto& picture = format.fmt.pix;
    picture.width = static_cast<std::uint32_t>(size->width);
    picture.height = static_cast<std::uint32_t>(size->height);
    picture.pixelformat = *pixels;
    picture.field = V4L2_FIELD_NONE; // whole frames, not half of their lines
    if (const auto set = device.call(VIDIOC_S_FMT, "VIDIOC_S_FMT", &format); !set) {
        return std::unexpected(set.error().failure);
    }
    const bool in_range = picture.width >= smallest_side && picture.width <= longest_side &&
                          picture.height >= smallest_side && picture.height <= longest_side;
    if (picture.pixelformat != *pixels || !in_range) {
        return fail(Reason::camera_unsuitable, "the camera offers no supported size");
    }
    const auto interval = set_rate(device, rate);
    if (!interval)
        return std::unexpected(interval.error());

    const PixelFormat decoded = pixels_of(*pixels).value_or(PixelFormat::mjpeg);
    const int wide = static_cast<int>(picture.width), high = static_cast<int>(picture.height);
    const RawLayout layout = raw_layout(decoded, wide, high);
    if (decoded != PixelFormat::mjpeg && layout.bytes() == 0)
        return fail(Reason::camera_unsuitable, "the camera offers no supported size");
    return Format{.pixels = decoded,
                  .width = wide,
                  .height = high,
                  .bytes_per_line = std::max<std::size_t>(picture.bytesperline, layout.row_bytes),
                  .interval = *interval};
}

} // namespace kaomon::camera::v4l2
