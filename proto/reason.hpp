// The one list of reasons: why a verification ended as it did, what to do next, who can do it. What each
// column means to whom stands at the top of reasons.inc.
#pragma once

#include "proto/exit_code.hpp"
#include "proto/words.hpp"

#include <cstdint>

namespace kaomon {

enum class Reason : std::uint8_t {
#define X(word, who, weight, cause, leaves, exit, japanese, english) word,
#include "proto/reasons.inc"
#undef X
};
// What stands in results, replies and logs.
consteval auto words_of(Reason) {
#define X(word, who, weight, cause, leaves, exit, japanese, english) std::string_view(#word),
    return std::array{
#include "proto/reasons.inc"
    };
#undef X
}

// Who can do something about it.
enum class WhoCanAct : std::uint8_t { patient, staff, vendor, nobody };
consteval auto words_of(WhoCanAct) {
    return in_words("patient", "staff", "vendor", "nobody");
}

enum class Weight : std::uint8_t { nothing, advice, confirms, against, veto_of_card, veto_of_liveness };
enum class Cause : std::uint8_t { person, card, reader, camera, caller, device };
enum class Leaves : std::uint8_t {
    nothing,
    visual_check,
    card_again,
    other_methods,
    another_number,
    another_pin,
    another_entry
};

struct ReasonEntry {
    Reason reason;
    std::string_view word;
    WhoCanAct who_can_act;
    Weight weight;
    Cause cause;
    Leaves leaves;
    ExitCode exit_code;
    std::string_view japanese; // one sentence for patient and staff
    std::string_view english;  // one sentence for engineers
};

// All reasons, in the order of the enum. Reentrant.
std::span<const ReasonEntry> reasons() noexcept;
const ReasonEntry& describe(Reason reason) noexcept;

} // namespace kaomon
