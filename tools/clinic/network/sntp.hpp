// The time of an NTP server (RFC 5905, client mode of 14).
#pragma once

#include "drivers/base/bytes.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace kaomon::network::sntp {

using Clock = std::chrono::system_clock;
inline constexpr std::size_t message_size = 48; // bytes

// `cookie` stands where our time would: the server sends it back, and learns nothing.
Bytes request(std::uint64_t cookie);

struct Answer {
    int stratum = 0;                        // 0: refused ("kiss of death")
    bool synchronised = false;              // leap indicator 3 says it is not
    std::chrono::duration<double> offset{}; // server's clock less ours
};

// Nothing where it is no answer to that request. `sent`, `received`: by this computer's clock. Reentrant.
std::optional<Answer> read(ByteView message, std::uint64_t cookie, Clock::time_point sent,
                           Clock::time_point received);

} // namespace kaomon::network::sntp
