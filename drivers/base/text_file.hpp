// A small file that people write, whole.
#pragma once

#include <expected>
#include <filesystem>
#include <string>

namespace kaomon {

// At most `most` + 1 bytes of it: one more than a parser accepts tells that it is too large. Never waits,
// also not for a FIFO in the file's place. Otherwise errno. Reentrant.
std::expected<std::string, int> read_text_file(const std::filesystem::path& file, std::size_t most);
// The same from an open descriptor, from where it stands.
std::expected<std::string, int> read_text(int descriptor, std::size_t most);

} // namespace kaomon
