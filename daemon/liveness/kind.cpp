#include "daemon/liveness/kind.hpp"

#include <algorithm>

namespace kaomon::liveness {
namespace {

constexpr std::array table{
#define X(kind, detector, veto, request, undemandable)                                                       \
    KindEntry{Kind::kind, #kind, Reason::veto, request, undemandable},
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

std::string_view word(Kind kind) noexcept {
    return describe(kind).word;
}

std::optional<Kind> kind_from_word(std::string_view word) noexcept {
    const auto* found = std::ranges::find(table, word, &KindEntry::word);
    return found == table.end() ? std::nullopt : std::optional(found->kind);
}

std::vector<std::string> demandable_words() {
    std::vector<std::string> words;
    for (const KindEntry& entry : table) {
        if (entry.undemandable.empty())
            words.emplace_back(entry.word);
    }
    return words;
}

std::string_view undemandable(std::string_view word) noexcept {
    const auto kind = kind_from_word(word);
    return kind ? describe(*kind).undemandable : std::string_view{};
}

} // namespace kaomon::liveness
