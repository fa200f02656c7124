// How far two spellings are apart.
#pragma once

#include <cstddef>
#include <string_view>

namespace kaomon {

// Levenshtein distance: bytes to insert, remove or change. Work in proportion to the product of both lengths.
// Reentrant.
std::size_t edit_distance(std::string_view a, std::string_view b);

} // namespace kaomon
