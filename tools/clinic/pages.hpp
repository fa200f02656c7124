// The pages of the clinic's folder, and the index that links them.
#pragma once

#include "tools/clinic/folder.hpp"
#include "tools/words/day.hpp"

namespace kaomon::clinic {

// Writes the page and the index anew.
Outcome<void> write_page(Folder& folder, std::string_view file, std::string_view html, Language language,
                         Date today);
Outcome<void> write_index(Folder& folder, Language language, Date today);
// index.html: links what is there, and names the command for what is not yet.
std::string index_page(const Folder& folder, Language language, Date today);

} // namespace kaomon::clinic
