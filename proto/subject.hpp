// Whom a result names: by what of the card, and whether it is who was expected.
#pragma once

#include "proto/words.hpp"

#include <cstdint>

namespace kaomon {

// What a reference is made of; two kinds of the same card have nothing in common.
enum class SubjectKind : std::uint8_t {
    chip_key,   // the chip's public key, as the signed photo record has it
    sign_in_key // the public key of the sign-in certificate
};
consteval auto words_of(SubjectKind) {
    return in_words("chip_key", "sign_in_key");
}

// What was found of whom the caller expects.
enum class Expected : std::uint8_t { match, mismatch, not_checked };
consteval auto words_of(Expected) {
    return in_words("match", "mismatch", "not_checked");
}

} // namespace kaomon
