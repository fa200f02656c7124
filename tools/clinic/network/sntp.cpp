#include "tools/clinic/network/sntp.hpp"

namespace kaomon::network::sntp {
namespace {

constexpr std::uint64_t epochs_apart = 2'208'988'800; // seconds from 1900 to 1970 (RFC 5905, A.4)

std::uint64_t number(ByteView bytes, std::size_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
        value = value << 8 | bytes[at + i];
    return value;
}

// Seconds since 1970; era 1 begins in 2036 (RFC 5905, 6).
double seconds_of(ByteView message, std::size_t at) {
    std::uint64_t seconds = number(message, at, 4);
    if (seconds < 0x8000'0000U)
        seconds += 0x1'0000'0000U;
    return static_cast<double>(seconds) - static_cast<double>(epochs_apart) +
           static_cast<double>(number(message, at + 4, 4)) / 4294967296.0;
}

double seconds_of(Clock::time_point time) {
    return std::chrono::duration<double>(time.time_since_epoch()).count();
}

} // namespace

Bytes request(std::uint64_t cookie) {
    Bytes message(message_size, 0);
    message[0] = 4U << 3U | 3U; // version 4, client
    for (std::size_t i = 0; i < 8; ++i)
        message[40 + i] = static_cast<std::uint8_t>(cookie >> (56 - 8 * i) & 0xFFU);
    return message;
}

std::optional<Answer> read(ByteView message, std::uint64_t cookie, Clock::time_point sent,
                           Clock::time_point received) {
    if (message.size() < message_size || (message[0] & 7U) != 4 || number(message, 24, 8) != cookie)
        return std::nullopt;
    Answer answer;
    answer.stratum = message[1];
    answer.synchronised = message[0] >> 6U != 3 && answer.stratum > 0 && answer.stratum < 16;
    const double t1 = seconds_of(sent), t2 = seconds_of(message, 32), t3 = seconds_of(message, 40),
                 t4 = seconds_of(received);
    answer.offset = std::chrono::duration<double>(((t2 - t1) + (t3 - t4)) / 2);
    return answer;
}

} // namespace kaomon::network::sntp
