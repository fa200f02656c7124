// The timetable as one printable page.
#pragma once

#include "tools/clinic/introduction/plan.hpp"

namespace kaomon::introduction {

// HTML. `clinic`: the institution's name, may be empty. Reentrant.
std::string introduction_page(const Plan& plan, Language language, std::string_view clinic);

} // namespace kaomon::introduction
