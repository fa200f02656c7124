// The policies by which a verification is decided, from the most lenient: match/policy.hpp has the threshold
// of each and what it rests on, liveness/evidence.hpp what each demands.
#pragma once

#include "proto/words.hpp"

#include <cstdint>

namespace kaomon {

enum class PolicyName : std::uint8_t { normal, strict, very_strict };
consteval auto words_of(PolicyName) {
    return in_words("normal", "strict", "very-strict");
}

} // namespace kaomon
