// The kinds of evidence for and against a living face (the field: presentation attack detection, ISO/IEC
// 30107-3), and what is fixed for each of them. All of it comes from kinds.inc.
#pragma once

#include "proto/reason.hpp"
#include "proto/words.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace kaomon::liveness {

enum class Kind : std::uint8_t {
#define X(kind, ...) kind,
#include "daemon/liveness/kinds.inc"
#undef X
};

consteval auto words_of(Kind) {
#define X(kind, ...) std::string_view(#kind),
    return std::array{
#include "daemon/liveness/kinds.inc"
    };
#undef X
}
inline constexpr std::size_t kind_count = words<Kind>().size();

// What a person can do for a kind.
enum class Asks : std::uint8_t { nothing, movement, blink };

struct KindEntry {
    Kind kind;
    Reason veto; // why a verification ends when it fails
    Asks asks;
    std::string_view undemandable; // why no policy and no operator can demand it; empty: they can
};

// In the order of the enum. Reentrant, as all of these.
std::span<const KindEntry> kinds() noexcept;
const KindEntry& describe(Kind kind) noexcept;
// Why the kind of that word cannot be demanded; empty for one that can, and for the word of no kind.
std::string_view undemandable(std::string_view word) noexcept;

} // namespace kaomon::liveness
