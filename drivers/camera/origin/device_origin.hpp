// Where the frames of a video node come from: a camera that is plugged in, or a program.
#pragma once

#include "drivers/camera/origin/identity.hpp"

#include <filesystem>

namespace kaomon::camera::origin {

struct Origin {
    // Why it is no physical camera: no device behind it, or one that only a program makes. Empty: it is one.
    std::string virtual_because;
    Identity identity{}; // without formats
};

// By sysfs (Documentation/ABI/stable/sysfs-devices, testing/sysfs-bus-usb): physical is what hangs on USB or
// is a platform device, has a kernel driver that is none of the virtual ones, and no port that is emulated.
// What sysfs does not tell is no physical camera. `sysfs` is /sys. Reentrant.
//
// Limits: says nothing of what is plugged into a USB frame grabber, nor of a USB device that was built to
// look like a camera.
Origin origin_of(const std::filesystem::path& node, const std::filesystem::path& sysfs);

} // namespace kaomon::camera::origin
