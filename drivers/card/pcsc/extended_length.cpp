#include "drivers/card/pcsc/extended_length.hpp"

#include <algorithm>

namespace kaomon::card::pcsc {
namespace {

constexpr std::size_t largest_block =
    2048; // bytes: about 160 ms at 106 kbit/s, so that a pulled card is noticed soon

// The historical bytes of an answer to reset (ISO/IEC 7816-3, 8.2): behind TS, T0 and the interface bytes.
ByteView historical_bytes(ByteView atr) noexcept {
    if (atr.size() < 2)
        return {};
    const std::size_t count = atr[1] & 0x0FU;
    std::size_t at = 2;
    unsigned following = atr[1] >> 4; // which of TA TB TC TD come next
    while (true) {
        for (unsigned bit = 1; bit <= 4; bit <<= 1)
            at += (following & bit) != 0 ? 1 : 0;
        if ((following & 8U) == 0)
            break;
        if (at >= atr.size())
            return {};
        following = atr[at++] >> 4;
    }
    if (at + count > atr.size())
        return {};
    return atr.subspan(at, count);
}

} // namespace

bool card_takes_extended(ByteView atr) noexcept {
    ByteView bytes = historical_bytes(atr);
    if (bytes.empty() || (bytes[0] != 0x80 && bytes[0] != 0x00))
        return false; // not COMPACT-TLV
    bytes = bytes.subspan(1);
    while (!bytes.empty()) {
        const std::size_t length = bytes[0] & 0x0FU;
        if (length + 1 > bytes.size())
            return false;
        if (bytes[0] >> 4 == 7)
            return length >= 3 && (bytes[3] & 0x40) != 0;
        bytes = bytes.subspan(length + 1);
    }
    return false;
}

std::size_t read_block_for(ByteView atr, std::size_t reader_data_size) noexcept {
    if (!card_takes_extended(atr))
        return short_block;
    return std::clamp(reader_data_size, short_block, largest_block);
}

} // namespace kaomon::card::pcsc
