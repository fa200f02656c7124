// How much a caller may ask of the socket. proto/*.varlink tells callers the same figures.
#pragma once

#include "drivers/base/clock.hpp"

#include <cstddef>

namespace kaomon::socket {

inline constexpr std::size_t max_message = 64 * 1024; // bytes before the NUL; a Verify call needs under 400
inline constexpr std::size_t max_depth =
    16; // nested objects and arrays, the message itself counted; calls use 3
inline constexpr std::size_t max_clients = 32; // connections in all
inline constexpr std::size_t reserved_clients =
    8; // of them for root, the daemon's user and who runs a session
inline constexpr std::size_t max_clients_of_user = 8; // a desk, its screen, a watch or two
inline constexpr std::size_t calls_a_turn =
    16; // of one connection, then it is the others' turn: 64 KiB hold 1600 calls
inline constexpr std::size_t max_outbox =
    256 * 1024; // bytes that wait for a reader before it counts as stuck
inline constexpr Milliseconds first_call_timeout{5000}; // from the connection to its first whole call
inline constexpr Milliseconds message_timeout{1500};    // from a message's first byte to its NUL
inline constexpr Milliseconds farewell_timeout{
    500}; // for the last error to be read before the connection is closed

} // namespace kaomon::socket
