// The texts in a stored card's folder.
#pragma once

#include "drivers/base/result.hpp"
#include "drivers/card/simulated/contents.hpp"

#include <string>
#include <string_view>

namespace kaomon::card::simulated {

// "photo-0012": names a file of a card on disk and in reports.
std::string file_label(const Application& application, const File& file);

std::string card_as_toml(const Contents& contents);
std::string tries_as_toml(const Contents& contents);
// `name` is what errors call the text. Reason: config_invalid.
Result<Contents> card_from_toml(std::string_view toml, std::string_view name);
Result<void> take_tries(Contents& contents, std::string_view toml, std::string_view name);

} // namespace kaomon::card::simulated
