// The small 1-bit PNG pictures of name, address, security code and my number (drivers/card/SPEC.md §4).
#pragma once

#include "drivers/base/bytes.hpp"

namespace kaomon::card::simulated {

// A white picture of that size, 1..1024 pixels each way. Nothing is drawn: Kaomon reads none of these
// pictures, they are there because the card's signature covers them.
Bytes blank_png(std::uint32_t width, std::uint32_t height);

} // namespace kaomon::card::simulated
