// How alike is alike enough: thresholds by name, each with what it rests on.
#pragma once

#include "proto/policy_name.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace kaomon::match {

// cosine: of two unit templates, -1..1. normalised: the cosine measured against what strangers of a
// population reach with the same two templates, see population.hpp; no fixed range, 0 is usual among
// strangers' best.
enum class ScoreKind : std::uint8_t { cosine, normalised };
consteval auto words_of(ScoreKind) {
    return in_words("cosine", "normalised");
}

// Where a false match rate comes from (ISO/IEC 19795-1). Extrapolated: the threshold lies beyond the
// comparisons made, the other members then tell what it was extrapolated from.
struct Evidence {
    std::string_view data_set, group;
    std::uint32_t images = 0;
    std::uint64_t comparisons = 0;  // of different people of the group
    std::string_view date;          // YYYY-MM-DD
    double lowest = 0, highest = 0; // of the false match rate: 95 % interval, bootstrap over people
    bool extrapolated = false;
};

struct Policy {
    PolicyName name = PolicyName::normal;
    ScoreKind kind = ScoreKind::cosine;
    float threshold = 0;         // score at and above which the faces are taken for one person's
    double false_match_rate = 0; // FMR at that threshold, for the group that has the highest
    Evidence evidence;
};

// The three policies for that kind of score, from the most lenient. Reentrant.
std::span<const Policy> policies(ScoreKind kind = ScoreKind::cosine) noexcept;
const Policy& policy_of(PolicyName name, ScoreKind kind = ScoreKind::cosine) noexcept;

// One English clause: "SFace 2021dec, …". Reentrant.
std::string text(const Evidence& evidence);

} // namespace kaomon::match
