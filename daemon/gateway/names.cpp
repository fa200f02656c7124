#include "daemon/gateway/names.hpp"

#include <algorithm>

namespace kaomon::gateway {
namespace {

std::string lower(std::string_view text) {
    std::string made(text);
    std::ranges::transform(made, made.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return made;
}

} // namespace

Names Names::of_this_computer(std::uint16_t port) {
    return {"http://", {"127.0.0.1", "::1", "localhost"}, port, 80};
}

Names Names::of_lan(const std::vector<std::string>& names, std::uint16_t port) {
    return {"https://", names, port, 443};
}

Names::Names(std::string scheme, const std::vector<std::string>& names, std::uint16_t port,
             std::uint16_t usual_port)
    : scheme_(std::move(scheme)) {
    for (const std::string& name : names) {
        const std::string host = name.contains(':') ? '[' + name + ']' : lower(name);
        hosts_.push_back(host + ':' + std::to_string(port));
        if (port == usual_port)
            hosts_.push_back(host);
    }
}

bool Names::has(std::string_view host) const {
    return std::ranges::find(hosts_, lower(host)) != hosts_.end();
}

bool Names::is_own_origin(std::string_view host, std::string_view origin) const {
    return has(host) && origin == scheme_ + lower(host);
}

} // namespace kaomon::gateway
