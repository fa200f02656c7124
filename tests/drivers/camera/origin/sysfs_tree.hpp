// A made-up /sys with as much of video devices as the kernel shows (seen on Linux 6.1).
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

namespace kaomon::camera::origin {

class SysfsTree {
  public:
    SysfsTree() {
        char name[] = "/tmp/kaomon-sysfs-XXXXXX";
        root_ = mkdtemp(name);
        std::filesystem::create_directories(root_ / "class/video4linux");
    }
    explicit SysfsTree(const std::string& node) : SysfsTree() { usb(node); } // of one USB camera
    ~SysfsTree() { std::filesystem::remove_all(root_); }
    SysfsTree(const SysfsTree&) = delete;
    SysfsTree& operator=(const SysfsTree&) = delete;

    const std::filesystem::path& root() const { return root_; }

    struct Usb {
        std::string host = "pci0000:00/0000:00:14.0";
        std::string port = "1-2";
        std::string vendor = "046d", product = "082d", serial = "A1B2C3";
        std::string driver = "uvcvideo";
    };
    // `node`: "video0". What was there of that name goes.
    void usb(const std::string& node, const Usb& usb) {
        const auto device = std::filesystem::path("devices") / usb.host / "usb1" / usb.port;
        const auto interface = device / (usb.port + ":1.0");
        place(node, interface, "usb", usb.driver);
        write(device / "idVendor", usb.vendor);
        write(device / "idProduct", usb.product);
        std::filesystem::remove(root_ / device / "serial");
        if (!usb.serial.empty())
            write(device / "serial", usb.serial);
    }
    void usb(const std::string& node) { this->usb(node, Usb()); }
    // vivid, vimc, and the sensors of a board.
    void platform(const std::string& node, const std::string& name, const std::string& driver) {
        place(node, std::filesystem::path("devices/platform") / name, "platform", driver);
    }
    void pci(const std::string& node) { place(node, "devices/pci0000:00/0000:00:02.0", "pci", "cx23885"); }
    // v4l2loopback: no device behind it.
    void loopback(const std::string& node) {
        const auto entry = root_ / "devices/virtual/video4linux" / node;
        std::filesystem::create_directories(entry);
        link(root_ / "class/video4linux" / node, entry);
    }
    void write(const std::filesystem::path& file, const std::string& text) const {
        std::ofstream(root_ / file) << text << '\n';
    }

  private:
    void place(const std::string& node, const std::filesystem::path& device, const std::string& bus,
               const std::string& driver) {
        const auto entry = root_ / device / "video4linux" / node;
        std::filesystem::create_directories(entry);
        link(root_ / "class/video4linux" / node, entry);
        link(entry / "device", root_ / device);
        std::filesystem::create_directories(root_ / "bus" / bus / "drivers" / driver);
        link(root_ / device / "subsystem", root_ / "bus" / bus);
        std::filesystem::remove(root_ / device / "driver");
        if (!driver.empty())
            link(root_ / device / "driver", root_ / "bus" / bus / "drivers" / driver);
    }
    static void link(const std::filesystem::path& name, const std::filesystem::path& target) {
        std::filesystem::remove(name);
        std::filesystem::create_symlink(target, name);
    }
    std::filesystem::path root_;
};

} // namespace kaomon::camera::origin
