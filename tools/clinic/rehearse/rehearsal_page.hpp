// A rehearsal on paper, for the wall.
#pragma once

#include "tools/clinic/rehearse/rehearsal.hpp"

namespace kaomon::rehearse {

// HTML. Reentrant.
std::string rehearsal_page(const Rehearsal& rehearsal, Language language);

} // namespace kaomon::rehearse
