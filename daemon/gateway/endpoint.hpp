// Addresses and names of this gateway, as people write them and as browsers send them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kaomon::gateway {

// "192.0.2.5:8651", "[2001:db8::5]:8651": an address that can be listened on, never a name.
struct Endpoint {
    std::string address; // as inet_ntop writes it, without brackets
    std::uint16_t port = 0;
};
std::optional<Endpoint> read_endpoint(std::string_view text); // Reentrant.

// As inet_ntop writes it, which is how browsers do; empty: no address. Reentrant.
std::string canonical_address(std::string_view text);
bool is_any_address(std::string_view address) noexcept; // 0.0.0.0, ::

// Letters, digits, hyphens and dots, as in a certificate; not an address. Reentrant.
bool is_dns_name(std::string_view text) noexcept;

// "https://reception.example", with ":PORT" where it is not 443: as browsers send it in the header Origin,
// for what came over TLS. Reentrant.
bool is_tls_origin(std::string_view text);

} // namespace kaomon::gateway
