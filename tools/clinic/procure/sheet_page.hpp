// A sheet on paper, and as a table for spreadsheets.
#pragma once

#include "tools/clinic/procure/sheet.hpp"

namespace kaomon::procure {

std::string sheet_page(const Sheet& sheet, Language language);

// RFC 4180 with a UTF-8 byte order mark, which Excel needs to read Japanese; columns section, item, value. A
// cell that a spreadsheet would take for a formula begins with an apostrophe.
std::string csv(const Sheet& sheet, Language language);

} // namespace kaomon::procure
