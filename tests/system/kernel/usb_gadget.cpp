#include "tests/system/kernel/usb_gadget.hpp"

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace kaomon::test {
namespace {

namespace fs = std::filesystem;

const fs::path configfs = "/sys/kernel/config", controllers = "/sys/class/udc";

std::runtime_error trouble(const std::string& with) {
    return std::runtime_error(with + ": " + std::strerror(errno));
}

void mount_at(const fs::path& where, const char* source, const char* kind) {
    fs::create_directories(where);
    if (mount(source, where.c_str(), kind, 0, nullptr) != 0 && errno != EBUSY)
        throw trouble("mount " + where.string());
}

std::string hexadecimal(std::uint16_t number) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text = "0x";
    for (int shift = 12; shift >= 0; shift -= 4)
        text += digits[(number >> shift) & 15];
    return text;
}

} // namespace

void write_line(const fs::path& file, const std::string& line) {
    const UniqueFd opened(open(file.c_str(), O_WRONLY | O_CLOEXEC));
    const std::string text = line + "\n";
    if (!opened || write(opened.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()))
        throw trouble(file.string());
}

UsbGadget::UsbGadget(const UsbIdentity& identity, const fs::path& endpoints)
    : folder_(configfs / "usb_gadget" / "reader") {
    mount_at(configfs, "none", "configfs");
    const fs::path words = folder_ / "strings/0x409", configuration = folder_ / "configs/c.1",
                   function = folder_ / "functions/ffs.reader";
    for (const auto& folder : {words, configuration / "strings/0x409", function})
        fs::create_directories(folder);
    write_line(folder_ / "idVendor", hexadecimal(identity.vendor));
    write_line(folder_ / "idProduct", hexadecimal(identity.product));
    write_line(folder_ / "bcdDevice", "0x0100");
    write_line(folder_ / "bcdUSB", "0x0200");
    write_line(words / "manufacturer", identity.manufacturer);
    write_line(words / "product", identity.name);
    write_line(words / "serialnumber", "0123456");
    fs::create_symlink(function, configuration / "ffs.reader");
    mount_at(endpoints, "reader", "functionfs");
}

void UsbGadget::plug() const {
    write_line(folder_ / "UDC", fs::directory_iterator(controllers)->path().filename().string());
}

void UsbGadget::unplug() const {
    write_line(folder_ / "UDC", "");
}

} // namespace kaomon::test
