#include "drivers/base/utf8.hpp"

#include <algorithm>
#include <cstdint>

namespace kaomon {
namespace {

// How many bytes the character has that begins so, and its bits in the first of them; 0: none begins so.
struct Lead {
    std::size_t length;
    std::uint32_t bits, smallest;
};
Lead lead_of(std::uint8_t byte) noexcept {
    if (byte < 0x80)
        return {1, byte, 0};
    if (byte >= 0xC2 && byte < 0xE0)
        return {2, byte & 0x1FU, 0x80};
    if (byte >= 0xE0 && byte < 0xF0)
        return {3, byte & 0x0FU, 0x800};
    if (byte >= 0xF0 && byte < 0xF5)
        return {4, byte & 0x07U, 0x10000};
    return {0, 0, 0};
}

bool is_shown(std::uint32_t character) noexcept {
    const bool control = character < 0x20 || (character >= 0x7F && character < 0xA0);
    const bool surrogate = character >= 0xD800 && character < 0xE000;
    return !control && !surrogate && character <= 0x10FFFF;
}

} // namespace

bool is_plain_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        const Lead lead = lead_of(static_cast<std::uint8_t>(text.front()));
        if (lead.length == 0 || lead.length > text.size())
            return false;
        std::uint32_t character = lead.bits;
        for (const char one : text.substr(1, lead.length - 1)) {
            const auto byte = static_cast<std::uint8_t>(one);
            if ((byte & 0xC0U) != 0x80U)
                return false;
            character = character << 6 | (byte & 0x3FU);
        }
        if (character < lead.smallest || !is_shown(character))
            return false;
        text.remove_prefix(lead.length);
    }
    return true;
}

} // namespace kaomon
