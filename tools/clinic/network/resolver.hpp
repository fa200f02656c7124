// Names to addresses, asked of one DNS server.
#pragma once

#include "tools/clinic/network/dns.hpp"
#include "tools/clinic/network/expectation.hpp"
#include "tools/clinic/network/wire.hpp"

namespace kaomon::network {

// What a server can do beyond the DNS of 1987.
enum class Edns : unsigned char { yes, no };

struct Resolved {
    std::expected<dns::Answer, NoReply> answer;
    double took_ms = 0;
    bool cut = false; // it answered, cut, and gave no whole answer over TCP
};
// One question to `server`, over TCP too where the answer was cut (RFC 7766). Where the server does not like
// EDNS, or does not answer to it, it is asked once more as the C library asks (RFC 6891, 6.2.2); three times
// `patience` at most. The answer's `edns` tells how it was. Thread-safe, as all below.
Resolved resolve(const std::string& server, const std::string& name, dns::Type type, Milliseconds patience);
// The same of a server that is known.
Resolved resolve(const std::string& server, Edns edns, const std::string& name, dns::Type type,
                 Milliseconds patience);

struct Addresses {
    std::vector<std::string> ipv4, ipv6;
    int code = 0;       // RCODE, the worse of the two
    bool heard = false; // any answer at all

    std::vector<std::string> all() const; // IPv6 first, as RFC 6724 has it
};
// Both families. An address stands for itself; without a server nothing is heard.
Addresses addresses_of(const std::string& server, Edns edns, const std::string& name, Milliseconds patience);

// To the first of its addresses that connects, or why the last of them did not; failed: it has none.
std::expected<Connected, NoReply> connect(const std::string& server, Edns edns, const HostPort& to,
                                          Milliseconds patience);

} // namespace kaomon::network
