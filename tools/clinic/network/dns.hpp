// DNS queries and answers (RFC 1035), as far as a check of a line needs them: addresses of a name.
#pragma once

#include "drivers/base/bytes.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::network::dns {

enum class Type : std::uint16_t { a = 1, aaaa = 28 };

inline constexpr std::size_t largest_message = 4096; // bytes

// RCODEs (RFC 1035, 4.1.1)
inline constexpr int found = 0, format_error = 1, server_failed = 2, no_such_name = 3, not_implemented = 4,
                     refused = 5;

// With EDNS (RFC 6891). `size`: filled up to that many bytes with its padding (RFC 7830), to see whether a
// packet of that size comes through; 0: as short as it is. Empty for a name that cannot be. Reentrant.
Bytes query(std::uint16_t id, std::string_view name, Type type, std::size_t size = 0);
// Without EDNS, as the C library asks.
Bytes plain_query(std::uint16_t id, std::string_view name, Type type);

struct Answer {
    int code = 0;                       // RCODE, with EDNS's upper bits
    bool edns = false;                  // the server knows EDNS: its answer has the record
    bool cut = false;                   // must be asked again over TCP
    std::vector<std::string> addresses; // of the asked type, printed
};

// Nothing where it is no answer to that query (id, question; of a server that did not understand it the id
// alone). Compression pointers lead backwards only; at
// most 64 records are looked at. Reentrant.
std::optional<Answer> read(ByteView message, std::uint16_t id, std::string_view name, Type type);

} // namespace kaomon::network::dns
