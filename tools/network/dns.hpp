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

// `size`: filled up to that many bytes with EDNS padding (RFC 7830), to see whether a packet of that size
// comes through; 0: as short as it is. Empty for a name that cannot be. Reentrant.
Bytes query(std::uint16_t id, std::string_view name, Type type, std::size_t size = 0);

struct Answer {
    int code = 0;                       // RCODE: 0 found, 2 server failed, 3 no such name, 5 refused
    bool cut = false;                   // must be asked again over TCP
    std::vector<std::string> addresses; // of the asked type, printed
};

// Nothing where it is no answer to that query (id, question). Compression pointers lead backwards only; at
// most 64 records are looked at. Reentrant.
std::optional<Answer> read(ByteView message, std::uint16_t id, std::string_view name, Type type);

} // namespace kaomon::network::dns
