#include "proto/reason.hpp"

#include <algorithm>
#include <array>

namespace kaomon {
namespace {

constexpr std::array table{
#define X(word, who, japanese, english) ReasonEntry{Reason::word, #word, WhoCanAct::who, japanese, english},
#include "proto/reasons.inc"
#undef X
};

} // namespace

std::span<const ReasonEntry> reasons() noexcept {
    return table;
}

const ReasonEntry& describe(Reason reason) noexcept {
    return table[static_cast<std::size_t>(reason)];
}

std::string_view word(Reason reason) noexcept {
    return describe(reason).word;
}

std::string_view word(WhoCanAct who_can_act) noexcept {
    constexpr std::array<std::string_view, 4> words{"patient", "staff", "vendor", "nobody"};
    return words[static_cast<std::size_t>(who_can_act)];
}

std::optional<Reason> reason_from_word(std::string_view word) noexcept {
    const auto* found = std::ranges::find(table, word, &ReasonEntry::word);
    if (found == table.end())
        return std::nullopt;
    return found->reason;
}

} // namespace kaomon
