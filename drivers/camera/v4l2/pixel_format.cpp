#include "drivers/camera/v4l2/pixel_format.hpp"

#include <linux/videodev2.h>

#include <algorithm>
#include <array>

namespace kaomon::camera::v4l2 {
namespace {

struct Row {
    std::uint32_t fourcc;
    PixelFormat pixels;
};
// The better ones first: JPEG by both of its names, colour before grey.
constexpr std::array<Row, 6> table{{{V4L2_PIX_FMT_MJPEG, PixelFormat::mjpeg},
                                    {V4L2_PIX_FMT_JPEG, PixelFormat::mjpeg},
                                    {V4L2_PIX_FMT_YUYV, PixelFormat::yuyv},
                                    {V4L2_PIX_FMT_UYVY, PixelFormat::uyvy},
                                    {V4L2_PIX_FMT_NV12, PixelFormat::nv12},
                                    {V4L2_PIX_FMT_GREY, PixelFormat::grey}}};

} // namespace

std::optional<PixelFormat> pixels_of(std::uint32_t fourcc) noexcept {
    const auto found = std::ranges::find(table, fourcc, &Row::fourcc);
    return found == table.end() ? std::nullopt : std::optional(found->pixels);
}

std::optional<std::uint32_t> best_of(const std::vector<std::uint32_t>& offered) {
    const auto found = std::ranges::find_if(table, [&offered](const Row& row) {
        return std::ranges::find(offered, row.fourcc) != offered.end();
    });
    return found == table.end() ? std::nullopt : std::optional(found->fourcc);
}

std::string format_name(std::uint32_t fourcc) {
    std::string name;
    for (int shift = 0; shift < 32; shift += 8) {
        const char letter = static_cast<char>(fourcc >> shift & 0x7FU);
        name += letter >= ' ' && letter <= '~' ? letter : '?';
    }
    return name.substr(0, name.find_last_not_of(' ') + 1);
}

std::string_view decodable_formats() noexcept {
    return "MJPEG, YUYV, UYVY, NV12, GREY";
}

} // namespace kaomon::camera::v4l2
