// What a vendor must answer: a data file, so that a clinic's adviser can add to it.
#pragma once

#include "tools/clinic/procure/sheet.hpp"

namespace kaomon::procure {

// Of the built-in questions.toml, in its order. Reentrant.
std::vector<Text> questions_for(Kind kind);
// Word: questions_invalid. Reentrant.
Outcome<std::vector<Text>> parse_questions(std::string_view toml, Kind kind);

} // namespace kaomon::procure
