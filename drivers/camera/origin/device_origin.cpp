#include "drivers/camera/origin/device_origin.hpp"

#include "drivers/base/text_file.hpp"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <array>

namespace kaomon::camera::origin {
namespace {

namespace fs = std::filesystem;

// Drivers of the kernel and of v4l2loopback whose frames a program makes.
constexpr std::array<std::string_view, 8> virtual_drivers{"v4l2loopback", "vivid", "vimc",  "vim2m",
                                                          "vicodec",      "visl",  "vidtv", "akvcam"};
// Host controllers without a wire: USB/IP, and the test controller that gadgets of the same machine hang on.
constexpr std::array<std::string_view, 3> virtual_hosts{"vhci_hcd", "dummy_hcd", "dummy_udc"};

// The name a link points to; empty where there is none.
std::string target(const fs::path& link) {
    std::error_code error;
    const fs::path found = fs::canonical(link, error);
    return error ? std::string() : found.filename().string();
}

std::string attribute(const fs::path& file) {
    auto text = read_text_file(file, 255);
    return text ? plain(text->substr(0, text->find('\n'))) : std::string();
}

// The node is the device that sysfs calls by its name, not another one's number under it.
bool is_its_number(const fs::path& node, const fs::path& entry) {
    struct stat found{};
    if (::stat(node.c_str(), &found) != 0 || !S_ISCHR(found.st_mode))
        return true; // it will not open, then
    return attribute(entry / "dev") ==
           std::to_string(major(found.st_rdev)) + ":" + std::to_string(minor(found.st_rdev));
}

bool hangs_on_a_virtual_host(const fs::path& device) {
    return std::ranges::any_of(device, [](const fs::path& part) {
        return std::ranges::any_of(virtual_hosts, [&](auto host) { return part.string().starts_with(host); });
    });
}

void tell_usb(const fs::path& device, Identity& identity) {
    fs::path of_usb = device; // an interface of the device that has the numbers
    while (of_usb.has_relative_path() && !fs::exists(of_usb / "idVendor"))
        of_usb = of_usb.parent_path();
    identity.model = attribute(of_usb / "idVendor") + ":" + attribute(of_usb / "idProduct");
    identity.serial = attribute(of_usb / "serial");
    identity.port = plain(of_usb.filename().string());
}

} // namespace

Origin origin_of(const fs::path& node, const fs::path& sysfs) {
    std::error_code error;
    const fs::path real = fs::canonical(node, error);
    const fs::path entry = sysfs / "class/video4linux" / (error ? node : real).filename();
    const fs::path device = fs::canonical(entry / "device", error);
    Origin origin;
    if (error) {
        origin.virtual_because = "no device stands behind it";
        return origin;
    }
    origin.identity.bus = plain(target(device / "subsystem"));
    origin.identity.driver = plain(target(device / "driver"));
    origin.identity.model = origin.identity.port = plain(device.filename().string());
    if (origin.identity.bus == "usb")
        tell_usb(device, origin.identity);
    const auto& driver = origin.identity.driver;
    if (!is_its_number(real, entry))
        origin.virtual_because = "its number is another device's";
    else if (origin.identity.bus != "usb" && origin.identity.bus != "platform")
        origin.virtual_because = "it hangs on neither USB nor the board";
    else if (driver.empty())
        origin.virtual_because = "no driver of the kernel stands behind it";
    else if (std::ranges::find(virtual_drivers, driver) != virtual_drivers.end())
        origin.virtual_because = "the driver " + driver + " hands out what a program makes";
    else if (hangs_on_a_virtual_host(device))
        origin.virtual_because = "its USB port is emulated";
    return origin;
}

} // namespace kaomon::camera::origin
