// A USB device that this machine plugs into itself: Linux' gadget framework on dummy_hcd, its function
// written by us (FunctionFS).
#pragma once

#include "drivers/base/unique_fd.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

namespace kaomon::test {

struct UsbIdentity {
    std::uint16_t vendor, product;
    std::string manufacturer, name;
};

// Its configuration in configfs, and the mount at which the function's endpoints appear. Root; the modules
// dummy_hcd, libcomposite and usb_f_fs are loaded. Throws std::runtime_error.
class UsbGadget {
  public:
    UsbGadget(const UsbIdentity& identity, const std::filesystem::path& endpoints);

    // The function must have written its descriptors before the first one.
    void plug() const;
    void unplug() const;

  private:
    std::filesystem::path folder_;
};

// One line into one of the kernel's files. Throws std::runtime_error.
void write_line(const std::filesystem::path& file, const std::string& line);

} // namespace kaomon::test
