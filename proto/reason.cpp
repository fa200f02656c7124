#include "proto/reason.hpp"

namespace kaomon {
namespace {

constexpr std::array table{
#define X(word, who, weight, cause, leaves, exit, japanese, english)                                         \
    ReasonEntry{Reason::word,   #word,       WhoCanAct::who, Weight::weight, Cause::cause,                   \
                Leaves::leaves, exit_##exit, japanese,       english},
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

} // namespace kaomon
