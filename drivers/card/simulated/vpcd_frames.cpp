#include "drivers/card/simulated/vpcd_frames.hpp"

namespace kaomon::card::simulated {
namespace {

constexpr std::size_t head = 2;

} // namespace

std::optional<SecretBytes> VpcdFrames::next() {
    if (bytes_.size() < head)
        return std::nullopt;
    const std::size_t size = static_cast<std::size_t>(bytes_[0]) << 8 | bytes_[1];
    if (bytes_.size() - head < size)
        return std::nullopt;
    const auto end = bytes_.begin() + static_cast<std::ptrdiff_t>(head + size);
    SecretBytes payload(bytes_.begin() + head, end);
    bytes_.erase(bytes_.begin(), end);
    return payload;
}

SecretBytes VpcdFrames::wrap(ByteView payload) {
    constexpr std::uint8_t too_long[] = {0x67, 0x00};
    if (payload.size() > 0xFFFF)
        payload = too_long;
    SecretBytes message{static_cast<std::uint8_t>(payload.size() >> 8),
                        static_cast<std::uint8_t>(payload.size() & 0xFF)};
    message.insert(message.end(), payload.begin(), payload.end());
    return message;
}

} // namespace kaomon::card::simulated
