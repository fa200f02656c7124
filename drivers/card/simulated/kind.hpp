// THE table of what can be issued: every medium and state that a desk meets, each with a sentence.
#pragma once

#include "drivers/card/simulated/issuer.hpp"

#include <span>
#include <string>
#include <string_view>

namespace kaomon::card::simulated {

struct Kind {
    std::string_view word, japanese, english;
};

std::span<const Kind> kinds() noexcept;
// Null: no such word.
const Kind* find_kind(std::string_view word) noexcept;

struct CardOfAKind {
    IssuedCard issued;
    Holder holder;     // as it became: some kinds have a birth date or an expiry of their own
    std::string trust; // [[key]] of the issuer; for unknown-issuer that of another one
};

// `holder` is complete; `options` may ask for anything the kind leaves open. Keys are repeatable with
// options.key_seed. Reentrant. Reasons: parameter_invalid (no such word), internal_error.
Result<CardOfAKind> issue_kind(std::string_view word, Holder holder, const Image& portrait, Date today,
                               CardOptions options = {});

} // namespace kaomon::card::simulated
