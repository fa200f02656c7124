// The gateway's own configuration: one small TOML file, every key with a default that works.
#pragma once

#include "daemon/gateway/endpoint.hpp"
#include "drivers/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::gateway {

struct Settings {
    std::uint16_t port = 8650;               // of 127.0.0.1 and ::1
    std::string lan_listen = "";             // ADDRESS:PORT; empty: the LAN stays closed
    std::vector<std::string> lan_names = {}; // by which the LAN calls it; empty: the address of lan_listen
    std::vector<std::string> origins = {};   // of pages of other servers that a paired browser may show
    bool tls12 = false;
    std::string patient_group = "", staff_group = ""; // who may read the token; empty: the gateway's own
    std::filesystem::path socket = "/run/kaomon/kaomon.sock";
    std::filesystem::path pages = "/usr/share/kaomon/pages";
    std::filesystem::path state = "/var/lib/kaomon-gateway";
    std::filesystem::path run = "/run/kaomon-gateway";

    std::filesystem::path token_file(std::string_view page) const; // page: patient, staff
    std::optional<Endpoint> lan() const { return read_endpoint(lan_listen); }
    std::vector<std::string> names_in_lan() const; // as lan_names means it; addresses canonical
};

inline constexpr const char* installed_settings = "/etc/kaomon/gateway.toml";

// That file; where there is none, the defaults. Reason: config_invalid. Reentrant.
Result<Settings> load_installed_settings();
// A file that somebody named: a missing one is an error, as are unknown keys, wrong types and values out of
// range. Reason: config_invalid, detail "FILE:LINE: KEY: what is allowed". Reentrant.
Result<Settings> load_settings(const std::filesystem::path& file);
Result<Settings> parse_settings(std::string_view toml, std::string_view name);

// The defaults as a commented file (installed as /etc/kaomon/gateway.toml).
std::string default_settings();

} // namespace kaomon::gateway
