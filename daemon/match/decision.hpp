// What a verdict says of the person.
#pragma once

#include "proto/words.hpp"

#include <cstdint>

namespace kaomon::match {

// undecided: nothing is said about the person (a fault, a time-out, something not checked).
enum class Decision : std::uint8_t { verified, not_verified, undecided };
consteval auto words_of(Decision) {
    return in_words("verified", "not_verified", "undecided");
}

} // namespace kaomon::match
