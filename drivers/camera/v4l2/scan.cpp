#include "drivers/camera/v4l2/scan.hpp"

#include "drivers/camera/v4l2/device.hpp"

#include <linux/videodev2.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <set>

namespace kaomon::camera::v4l2 {
namespace {

namespace fs = std::filesystem;
constexpr Milliseconds patience{500}; // for QUERYCAP, which only reads the driver's memory

std::vector<fs::path> listed(const fs::path& folder) {
    std::vector<fs::path> entries;
    std::error_code error; // a folder that is not there has no entries
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        entries.push_back(at->path());
    }
    std::ranges::sort(entries);
    return entries;
}

template<std::size_t N>
std::string text(const __u8 (&field)[N]) {
    const auto* characters = reinterpret_cast<const char*>(field);
    return {characters, strnlen(characters, N)};
}

std::optional<DeviceInfo> describe(const fs::path& name, const fs::path& node) {
    const auto device = Device::open(node, patience);
    if (!device)
        return std::nullopt;
    v4l2_capability capability{};
    if (!device->call(VIDIOC_QUERYCAP, "VIDIOC_QUERYCAP", &capability))
        return std::nullopt;
    return DeviceInfo{name.filename(), node, text(capability.card), text(capability.bus_info)};
}

} // namespace

std::vector<DeviceInfo> scan(const Places& places) {
    std::vector<fs::path> names; // best first
    for (const char* folder : {"v4l/by-id", "v4l/by-path"}) {
        std::ranges::copy(listed(places.devices / folder), std::back_inserter(names));
    }
    for (const auto& entry : listed(places.classes))
        names.push_back(places.devices / entry.filename());

    std::vector<DeviceInfo> found;
    std::set<fs::path> seen;
    for (const auto& name : names) {
        std::error_code error;
        const fs::path node = fs::canonical(name, error);
        if (error || !seen.insert(node).second)
            continue;
        if (auto device = describe(name, node))
            found.push_back(std::move(*device));
    }
    std::ranges::sort(found, {}, &DeviceInfo::id);
    return found;
}

Result<DeviceInfo> find(const std::string& device, const Places& places) {
    if (device.empty()) {
        const auto found = scan(places);
        if (found.empty())
            return fail(Reason::no_camera, "no video device streams pictures");
        return found.front();
    }
    if (device.contains('/'))
        return DeviceInfo{device, device, {}, {}};
    for (const char* folder : {"v4l/by-id", "v4l/by-path", ""}) {
        const fs::path path = places.devices / folder / device;
        std::error_code error;
        if (fs::exists(path, error))
            return DeviceInfo{device, path, {}, {}};
    }
    return fail(Reason::no_camera, "the configured camera is not plugged in");
}

} // namespace kaomon::camera::v4l2
