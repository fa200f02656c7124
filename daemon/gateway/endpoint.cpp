#include "daemon/gateway/endpoint.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace kaomon::gateway {

std::string canonical_address(std::string_view text) {
    const std::string address(text);
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    std::array<char, INET6_ADDRSTRLEN> written{};
    for (const int family : {AF_INET, AF_INET6}) {
        if (inet_pton(family, address.c_str(), bytes.data()) == 1 && address.size() == text.size() &&
            !address.contains('\0'))
            return inet_ntop(family, bytes.data(), written.data(), written.size());
    }
    return {};
}

bool is_any_address(std::string_view address) noexcept {
    return address == "0.0.0.0" || address == "::";
}

std::optional<Endpoint> read_endpoint(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == text.npos)
        return std::nullopt;
    std::string_view address = text.substr(0, colon);
    const bool bracketed = address.starts_with('[') && address.ends_with(']');
    if (bracketed)
        address = address.substr(1, address.size() - 2);
    Endpoint made{canonical_address(address), 0};
    if (made.address.empty() || bracketed != made.address.contains(':'))
        return std::nullopt;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, made.port);
    if (error != std::errc() || stop != end || made.port == 0)
        return std::nullopt;
    return made;
}

bool is_dns_name(std::string_view text) noexcept {
    if (text.empty() || text.size() > 253 || text.ends_with('.') || !canonical_address(text).empty())
        return false;
    while (!text.empty()) {
        const auto dot = text.find('.');
        const auto label = text.substr(0, dot);
        text = dot == text.npos ? std::string_view() : text.substr(dot + 1);
        if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-' ||
            !std::ranges::all_of(label, [](char c) {
                return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
            }))
            return false;
    }
    return true;
}

bool is_tls_origin(std::string_view text) {
    constexpr std::string_view scheme = "https://";
    if (!text.starts_with(scheme))
        return false;
    text.remove_prefix(scheme.size());
    const auto colon = text.find(':', text.starts_with('[') ? text.find(']') : 0);
    const auto host = text.substr(0, colon);
    if (colon != text.npos) {
        std::uint16_t port = 0;
        const auto written = text.substr(colon + 1);
        std::from_chars(written.data(), written.data() + written.size(), port);
        if (port == 0 || port == 443 || std::to_string(port) != written)
            return false;
    }
    if (host.starts_with('['))
        return '[' + canonical_address(host.substr(1, host.size() - 2)) + ']' == host && host.contains(':');
    return (!host.empty() && canonical_address(host) == host) ||
           (is_dns_name(host) && std::ranges::none_of(host, [](char c) { return c >= 'A' && c <= 'Z'; }));
}

} // namespace kaomon::gateway
