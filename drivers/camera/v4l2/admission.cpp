#include "drivers/camera/v4l2/admission.hpp"

#include "drivers/camera/origin/device_origin.hpp"
#include "drivers/camera/v4l2/offers.hpp"
#include "drivers/camera/v4l2/scan.hpp"

#include <algorithm>

namespace kaomon::camera::v4l2 {
namespace {

Result<origin::Identity> identify(const Device& device, const std::filesystem::path& node,
                                  const Settings& settings) {
    auto found = origin::origin_of(node, settings.sysfs);
    if (!found.virtual_because.empty() && !settings.allow_virtual)
        return fail(Reason::camera_virtual, found.virtual_because);
    const auto offers = list_offers(device);
    if (!offers)
        return std::unexpected(offers.error());
    auto& formats = found.identity.formats;
    for (const auto& one : *offers)
        formats.push_back(
            origin::plain(one.format + ' ' + std::to_string(one.width) + 'x' + std::to_string(one.height)));
    std::ranges::sort(formats);
    formats.erase(std::ranges::unique(formats).begin(), formats.end());
    formats.resize(std::min<std::size_t>(formats.size(), 512)); // as origin::Identity says
    return std::move(found.identity);
}

Result<origin::Identity> identify(const Settings& settings) {
    const auto found = find(settings.device);
    if (!found)
        return std::unexpected(found.error());
    const auto device = Device::open(found->path, settings.budget);
    if (!device)
        return std::unexpected(device.error());
    return identify(*device, found->path, settings);
}

} // namespace

Result<void> admit(const Device& device, const std::filesystem::path& node, const Settings& settings) {
    const auto now = identify(device, node, settings);
    if (!now)
        return std::unexpected(now.error());
    return settings.record.empty() ? Result<void>{} : origin::Record(settings.record).admit(*now);
}

origin::Report look(const Settings& settings) {
    origin::Report report;
    auto now = identify(settings);
    if (now)
        report.present = std::move(*now);
    else
        report.fault = std::move(now.error());
    if (settings.record.empty())
        return report;
    const origin::Record record(settings.record);
    if (report.present) {
        if (auto admitted = record.admit(*report.present); !admitted)
            report.fault = std::move(admitted.error());
    }
    if (auto accepted = record.accepted())
        report.accepted = std::move(*accepted);
    return report;
}

Result<origin::Identity> accept(const Settings& settings, std::string_view id) {
    auto now = identify(settings);
    if (!now)
        return now;
    if (origin::id_of(*now) != id)
        return fail(Reason::camera_changed, "another camera than the one with that id: look again");
    if (const auto kept = origin::Record(settings.record).accept(*now); !kept)
        return std::unexpected(kept.error());
    return now;
}

} // namespace kaomon::camera::v4l2
