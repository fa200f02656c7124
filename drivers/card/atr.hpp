// What an answer to reset says before anything was asked. It never says which card it is.
#pragma once

#include "drivers/base/bytes.hpp"

namespace kaomon::card {

// Whether it is one that a contactless reader makes up for its card (PC/SC part 3, 3.1.3.2.3: 3B 8n 80 01
// ...). Reentrant.
constexpr bool is_contactless(ByteView atr) noexcept {
    return atr.size() >= 5 && atr[0] == 0x3B && (atr[1] & 0xF0) == 0x80 && atr[2] == 0x80 && atr[3] == 0x01;
}

} // namespace kaomon::card
