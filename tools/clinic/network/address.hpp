// Addresses as people and files write them: the one parser of the checks of a line.
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <optional>
#include <string>

namespace kaomon::network {

struct Address {
    sockaddr_storage storage{};
    socklen_t size = 0;
    int family = 0; // AF_INET, AF_INET6
};

// "192.0.2.7", "2001:db8::7", and with the scope of a link-local one (RFC 4007, 11): "fe80::53%eth0",
// "fe80::53%2". Empty for anything else. A scope that this computer has not is kept in the text's meaning and
// ends in "no route" where it is used. Reentrant.
std::optional<Address> read_address(const std::string& text, std::uint16_t port = 0);

} // namespace kaomon::network
