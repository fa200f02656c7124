// The one list of reasons: why a verification ended as it did, what to do next, who can do it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace kaomon {

enum class Reason : std::uint8_t {
#define X(word, who, japanese, english) word,
#include "proto/reasons.inc"
#undef X
};

// Who can do something about it.
enum class WhoCanAct : std::uint8_t { patient, staff, vendor, nobody };

struct ReasonEntry {
    Reason reason;
    std::string_view word; // what stands in results, replies and logs
    WhoCanAct who_can_act;
    std::string_view japanese; // one sentence for patient and staff
    std::string_view english;  // one sentence for engineers
};

// All reasons, in the order of the enum. Reentrant.
std::span<const ReasonEntry> reasons() noexcept;
const ReasonEntry& describe(Reason reason) noexcept;
std::string_view word(Reason reason) noexcept;
std::string_view word(WhoCanAct who_can_act) noexcept;
std::optional<Reason> reason_from_word(std::string_view word) noexcept;

} // namespace kaomon
