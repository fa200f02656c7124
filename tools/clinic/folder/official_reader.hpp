// What a clinic knows, or must ask, of its official face-authentication card reader: the generation, until
// when the maker maintains it, and how it takes a telephone. Source: 医療保険部会 193 (specification of the
// next generation 2025-02-17; maintenance of present models ends one after the other from 2026-03; sales of
// the next from about summer 2026), seen 2026-11-25. Days by model: not published.
#pragma once

#include "proto/words.hpp"
#include "tools/words/day.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace kaomon::clinic {

enum class ReaderGeneration : unsigned char { current, next };
consteval auto words_of(ReaderGeneration) {
    return in_words("current", "next");
}
// built_in: the reader itself reads telephones; separate: a generic reader beside it does.
enum class PhoneReading : unsigned char { built_in, separate, no };
consteval auto words_of(PhoneReading) {
    return in_words("built_in", "separate", "no");
}

inline constexpr Month maintenance_ends_from{std::chrono::year(2026), std::chrono::March};

Text generation_text(ReaderGeneration generation);
Text phones_text(PhoneReading phones);
// The word, or as people write it: 現行, 次期; 本体, 別, なし. Reentrant.
std::optional<ReaderGeneration> read_generation(std::string_view text);
std::optional<PhoneReading> read_phones(std::string_view text);

// A model that is on the market, by a word of its name. EXC-9200 is the one that reads telephones itself
// (Jiji 2025-08-02).
struct OfficialModel {
    std::string_view name, maker;
    PhoneReading phones;
};
extern const std::array<OfficialModel, 5> official_models;
// The one that `text` names; null: none of the list, as every model of the next generation.
const OfficialModel* find_model(std::string_view text);

} // namespace kaomon::clinic
