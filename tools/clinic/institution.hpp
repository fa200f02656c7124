// What kind of institution a clinic is to the bureau.
#pragma once

#include "proto/words.hpp"
#include "tools/words/language.hpp"

namespace kaomon::clinic {

enum class InstitutionKind : unsigned char { clinic, dental, hospital, pharmacy };
consteval auto words_of(InstitutionKind) {
    return in_words("clinic", "dental", "hospital", "pharmacy");
}
Text kind_text(InstitutionKind kind); // 診療所（医科）

} // namespace kaomon::clinic
