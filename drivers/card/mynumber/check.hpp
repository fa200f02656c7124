// What came of checking something of a card.
#pragma once

#include "proto/words.hpp"

#include <cstdint>

namespace kaomon::card::mynumber {

enum class Check : std::uint8_t { valid, invalid, not_checked };
consteval auto words_of(Check) {
    return in_words("valid", "invalid", "not_checked");
}

} // namespace kaomon::card::mynumber
