#include "drivers/camera/v4l2/offers.hpp"

#include "drivers/camera/v4l2/device.hpp"
#include "drivers/camera/v4l2/pixel_format.hpp"

#include <linux/videodev2.h>

#include <cerrno>

namespace kaomon::camera::v4l2 {
namespace {

constexpr std::uint32_t most_formats = 64, most_sizes = 256, most_rates = 64;

// One entry of a driver's list; false at its end. A driver without such a list has none.
template<class Entry>
Result<bool> next_entry(const Device& device, unsigned long request, const char* name, Entry& entry) {
    const auto listed = device.call(request, name, &entry);
    if (listed)
        return true;
    if (listed.error().error == EINVAL || listed.error().error == ENOTTY)
        return false;
    return std::unexpected(listed.error().failure);
}

double per_second(const v4l2_fract& interval) {
    return interval.numerator == 0 ? 0 : static_cast<double>(interval.denominator) / interval.numerator;
}

Result<std::vector<double>> rates_of(const Device& device, std::uint32_t format, const Offer& offer) {
    std::vector<double> rates;
    for (std::uint32_t index = 0; index < most_rates; ++index) {
        v4l2_frmivalenum entry{};
        entry.index = index;
        entry.pixel_format = format;
        entry.width = static_cast<std::uint32_t>(offer.width);
        entry.height = static_cast<std::uint32_t>(offer.height);
        const auto more = next_entry(device, VIDIOC_ENUM_FRAMEINTERVALS, "VIDIOC_ENUM_FRAMEINTERVALS", entry);
        if (!more)
            return std::unexpected(more.error());
        if (!*more)
            break;
        const bool discrete = entry.type == V4L2_FRMIVAL_TYPE_DISCRETE;
        rates.push_back(per_second(discrete ? entry.discrete : entry.stepwise.min));
        if (!discrete)
            break;
    }
    return rates;
}

} // namespace

Result<std::vector<Offer>> list_offers(const std::filesystem::path& path, Milliseconds budget) {
    const auto device = Device::open(path, budget);
    if (!device)
        return std::unexpected(device.error());
    return list_offers(*device);
}

Result<std::vector<Offer>> list_offers(const Device& device) {
    std::vector<Offer> offers;
    for (std::uint32_t format = 0; format < most_formats; ++format) {
        v4l2_fmtdesc entry{};
        entry.index = format;
        entry.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        const auto listed = next_entry(device, VIDIOC_ENUM_FMT, "VIDIOC_ENUM_FMT", entry);
        if (!listed)
            return std::unexpected(listed.error());
        if (!*listed)
            break;
        for (std::uint32_t index = 0; index < most_sizes; ++index) {
            v4l2_frmsizeenum size{};
            size.index = index;
            size.pixel_format = entry.pixelformat;
            const auto more = next_entry(device, VIDIOC_ENUM_FRAMESIZES, "VIDIOC_ENUM_FRAMESIZES", size);
            if (!more)
                return std::unexpected(more.error());
            if (!*more)
                break;
            const bool discrete = size.type == V4L2_FRMSIZE_TYPE_DISCRETE;
            Offer offer{format_name(entry.pixelformat),
                        static_cast<int>(discrete ? size.discrete.width : size.stepwise.max_width),
                        static_cast<int>(discrete ? size.discrete.height : size.stepwise.max_height)};
            auto rates = rates_of(device, entry.pixelformat, offer);
            if (!rates)
                return std::unexpected(rates.error());
            offer.rates = std::move(*rates);
            offers.push_back(std::move(offer));
            if (!discrete)
                break;
        }
    }
    return offers;
}

} // namespace kaomon::camera::v4l2
