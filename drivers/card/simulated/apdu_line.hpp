// One line about an APDU for people who watch the simulated card: nothing of a patient in it.
#pragma once

#include "drivers/base/bytes.hpp"

#include <string>

namespace kaomon::card::simulated {

// "00200080 +14 B -> 63C9": header, number of bytes handed over, bytes given back and status word. The body
// of a SELECT is shown, every other one only counted.
std::string apdu_line(ByteView command, ByteView answer);

} // namespace kaomon::card::simulated
