// Which camera this is, as far as it and the kernel say.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::camera::origin {

// Texts are printable ASCII, at most 128 characters; others are replaced.
struct Identity {
    std::string bus;                  // "usb", "platform"
    std::string driver;               // of the kernel: "uvcvideo"
    std::string model;                // USB: VID:PID, "046d:082d"; else the device's name
    std::string serial;               // empty: many cameras have none
    std::string port;                 // USB: "1-2.4"; else the device's name
    std::vector<std::string> formats; // "MJPG 640x480", sorted; at most 512
    friend bool operator==(const Identity&, const Identity&) = default;
};

// A line for each member; `read` takes nothing else. Reentrant, as all of these.
std::string text_of(const Identity& identity);
std::optional<Identity> read_identity(std::string_view text);

// 16 hexadecimal digits over all of it (FNV-1a): "the one that I was shown". No protection against anybody.
std::string id_of(const Identity& identity);

// "model 046d:082d, now 046d:0843; port 1-2, now 1-3". Empty where they are the same.
std::string difference(const Identity& accepted, const Identity& now);

// As it may stand in an Identity.
std::string plain(std::string_view text);

} // namespace kaomon::camera::origin
