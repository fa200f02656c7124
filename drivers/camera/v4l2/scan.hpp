// Which cameras are plugged in, under names that outlive a reboot.
#pragma once

#include "drivers/base/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace kaomon::camera::v4l2 {

struct DeviceInfo {
    std::string id;             // by-id link ("usb-046d_..._index0"), else by-path link, else "video0"
    std::filesystem::path path; // the node: /dev/video0
    std::string name;           // as the driver calls it: "HD Pro Webcam C920"
    std::string bus;            // where it is plugged in: "usb-0000:00:14.0-1"
};

struct Places {
    std::filesystem::path devices = "/dev";
    std::filesystem::path classes = "/sys/class/video4linux";
};

// Cameras that stream pictures, ordered by id; a node stands under its best name only. Opens every video node
// for a moment. Reentrant.
std::vector<DeviceInfo> scan(const Places& places = {});

// The node behind a configured name: an id as in DeviceInfo, or any path; empty: the first of scan().
// Reason: no_camera.
Result<DeviceInfo> find(const std::string& device, const Places& places = {});

} // namespace kaomon::camera::v4l2
