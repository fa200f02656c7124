// How much a page or a computer of the LAN may ask of the gateway. What kaomond takes stands in
// proto/org.kaomon.Device.varlink (Disconnected).
#pragma once

#include "drivers/base/clock.hpp"

#include <cstddef>

namespace kaomon::gateway {

inline constexpr std::size_t max_message = 64 * 1024; // bytes from a page; as on the socket
inline constexpr std::size_t max_depth = 16;          // nested objects and arrays; as on the socket
inline constexpr std::size_t max_reply = 192 * 1024;  // bytes from kaomond; the largest is a picture's 40 KiB
inline constexpr std::size_t max_outbox = 256 * 1024; // bytes that wait for a page, which is slow then
inline constexpr std::size_t max_unanswered = 16;     // calls of one WebSocket; then it is read no further
inline constexpr std::size_t max_header = 8 * 1024;   // bytes of a request before its body
inline constexpr std::size_t max_body = 8 * 1024;     // bytes; only /pair has one
inline constexpr std::size_t max_page = 2 * 1024 * 1024; // bytes of a static file
inline constexpr int max_control_frames = 32;            // of one WebSocket in 10 s: pings

inline constexpr std::size_t max_connections = 64;     // in all
inline constexpr std::size_t max_waiting = 16;         // of one address that have not said who they are
inline constexpr std::size_t max_sockets_of_peer = 4;  // WebSockets; a patient's page has three
inline constexpr std::size_t max_requests_in_row = 64; // on one connection, then it is closed

inline constexpr Milliseconds request_timeout{5000};  // from the connection, or the answer before, to a
                                                      // whole request; TLS included
inline constexpr Milliseconds answer_timeout{10'000}; // for an answer or a message to be read
inline constexpr Milliseconds first_message_timeout{5000};
inline constexpr Milliseconds message_timeout{5000};  // from a message's first byte to its last
inline constexpr Milliseconds idle_timeout{30'000};   // without a byte, pings are sent after half of it
inline constexpr Milliseconds farewell_timeout{1000}; // for a close to be answered
inline constexpr Milliseconds link_timeout{2000};     // for kaomond to take a connection
inline constexpr Milliseconds health_timeout{1000};   // for kaomond to answer, and how long that counts
inline constexpr Milliseconds look_at_peers{500};     // how often the paired peers' files are looked at

} // namespace kaomon::gateway
