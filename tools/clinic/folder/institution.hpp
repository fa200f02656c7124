// What kind of institution a clinic is to the bureau.
#pragma once

#include "proto/words.hpp"
#include "tools/words/language.hpp"

#include <optional>
#include <string_view>

namespace kaomon::clinic {

enum class InstitutionKind : unsigned char { clinic, dental, hospital, pharmacy };
consteval auto words_of(InstitutionKind) {
    return in_words("clinic", "dental", "hospital", "pharmacy");
}
Text kind_text(InstitutionKind kind); // 診療所（医科）
// "clinic", or as people write it: 診療所, 医科, 歯科, 病院, 薬局 …
std::optional<InstitutionKind> read_kind(std::string_view text);

} // namespace kaomon::clinic
