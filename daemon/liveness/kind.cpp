#include "daemon/liveness/kind.hpp"

#include <array>

namespace kaomon::liveness {
namespace {

constexpr std::array table{
#define X(kind, detector, veto, asks, undemandable)                                                          \
    KindEntry{Kind::kind, Reason::veto, Asks::asks, undemandable},
#include "daemon/liveness/kinds.inc"
#undef X
};

} // namespace

std::span<const KindEntry> kinds() noexcept {
    return table;
}

const KindEntry& describe(Kind kind) noexcept {
    return table[static_cast<std::size_t>(kind)];
}

std::string_view undemandable(std::string_view word) noexcept {
    const auto kind = from_word<Kind>(word);
    return kind ? describe(*kind).undemandable : std::string_view{};
}

} // namespace kaomon::liveness
