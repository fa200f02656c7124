#include "tools/support/machine.hpp"

#include <sys/utsname.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

namespace kaomon::support {
namespace {

namespace fs = std::filesystem;

// Of a command that is written here: nothing a user types comes into it.
std::string said_by(const char* command) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(popen(command, "re"), &pclose);
    if (!pipe)
        return "cannot be run\n";
    std::string text;
    std::array<char, 4096> piece{};
    for (std::size_t got = 0; (got = std::fread(piece.data(), 1, piece.size(), pipe.get())) != 0;)
        text.append(piece.data(), got);
    return text;
}

std::string first_line(const fs::path& file) {
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    return line;
}

std::string line_that_starts(const fs::path& file, std::string_view with) {
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);)
        if (line.starts_with(with))
            return line + '\n';
    return {};
}

} // namespace

std::string system_text() {
    std::string text = line_that_starts("/etc/os-release", "PRETTY_NAME=");
    if (utsname kernel{}; uname(&kernel) == 0)
        text.append("kernel ").append(kernel.release).append(" ").append(kernel.machine).append("\n");
    text += line_that_starts("/proc/meminfo", "MemTotal") + line_that_starts("/proc/cpuinfo", "model name");
    return text + said_by("dpkg-query -W kaomon kaomon-models kaomon-simulator kaomon-clinic pcscd libccid "
                          "libpcsclite1 systemd 2>/dev/null");
}

std::string devices_text() {
    std::string text;
    std::error_code error;
    for (const auto& device : fs::directory_iterator("/sys/bus/usb/devices", error)) {
        const auto vendor = first_line(device.path() / "idVendor");
        if (!vendor.empty())
            text += "usb " + device.path().filename().string() + "  " + vendor + ':' +
                    first_line(device.path() / "idProduct") + "  " +
                    first_line(device.path() / "manufacturer") + ' ' + first_line(device.path() / "product") +
                    '\n';
    }
    for (const auto& camera : fs::directory_iterator("/sys/class/video4linux", error)) {
        const auto driver = fs::read_symlink(camera.path() / "device/driver", error).filename();
        text += "camera /dev/" + camera.path().filename().string() + "  " +
                first_line(camera.path() / "name") + "  " + driver.string() + '\n';
    }
    return text.empty() ? "none\n" : text;
}

std::string journal_text() {
    return said_by("journalctl -u kaomond -n 1000 --no-pager -q -o short-iso --no-hostname 2>&1");
}

} // namespace kaomon::support
