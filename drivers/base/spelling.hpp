// How far two spellings are apart, and what somebody may have meant who mistyped a name.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace kaomon {

// Levenshtein distance: bytes to insert, remove or change. Work in proportion to the product of both lengths.
// Reentrant.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The nearest of the candidates, if at most two letters or a third of them differ, or only its unit (_ms) is
// missing; empty otherwise. Reentrant.
std::string_view nearest(std::string_view typed, std::span<const std::string_view> candidates);

} // namespace kaomon
