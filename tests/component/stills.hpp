// Stills that a test makes of the demo photographs, in its own folder.
#pragma once

#include <filesystem>

namespace kaomon::test {

// The upper part of a portrait twice, side by side: two faces of one size.
void write_pair(const std::filesystem::path& portrait, const std::filesystem::path& out);
// A wall: texture, but nobody.
void write_wall(const std::filesystem::path& out);

} // namespace kaomon::test
