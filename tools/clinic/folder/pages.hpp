// The pages of the clinic's folder, and the index that is their home: what to do now, how far it is, where
// what stands. A library of its own, kaomon_clinic_pages: it knows the plan, which knows the clinic.
#pragma once

#include "tools/clinic/folder/folder.hpp"
#include "tools/words/day.hpp"

namespace kaomon::clinic {

// Writes the page, with a way back to the index, and the index anew.
Outcome<void> write_page(Folder& folder, std::string_view file, std::string_view html, Language language,
                         Date today);
Outcome<void> write_index(Folder& folder, Language language, Date today);
// index.html: next step, dates, progress; links what is there, and names the command for what is not yet.
std::string index_page(Folder& folder, Language language, Date today);

} // namespace kaomon::clinic
