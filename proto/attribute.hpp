// What a caller may want to know of the holder, and who agreed.
#pragma once

#include "proto/words.hpp"

#include <cstddef>
#include <cstdint>

namespace kaomon {

// Text from the card (drivers/card/SPEC.md §8); in the signed result alone.
enum class Attribute : std::uint8_t {
    name,       // family name, U+3000, given name, as the card writes them
    birth_date, // YYYY-MM-DD
    sex,        // male, female, not_applicable (ISO/IEC 5218: 1, 2, 9)
    address     // one line; may be empty
};
consteval auto words_of(Attribute) {
    return in_words("name", "birth_date", "sex", "address");
}

// Who said that they may be given to the caller.
enum class ConsentBy : std::uint8_t {
    patient, // before the caller's own screen
    staff    // for a patient who cannot
};
consteval auto words_of(ConsentBy) {
    return in_words("patient", "staff");
}

} // namespace kaomon
