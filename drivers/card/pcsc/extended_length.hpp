// Whether reader and card both say that they take extended length (ISO/IEC 7816-4, 12.1.1).
#pragma once

#include "drivers/base/bytes.hpp"

#include <cstddef>

namespace kaomon::card::pcsc {

inline constexpr std::size_t short_block = 256; // bytes: the largest Ne of the short form

// The card's word: the third byte of "card capabilities" (tag 7) among the historical bytes of the answer to
// reset. False where it says nothing. Reentrant.
bool card_takes_extended(ByteView atr) noexcept;

// Bytes to ask for in one READ BINARY: 256, or up to 2048 where the card says so and the reader announces
// more (features.hpp).
std::size_t read_block_for(ByteView atr, std::size_t reader_data_size) noexcept;

} // namespace kaomon::card::pcsc
