// The one thing to do now.
#pragma once

#include "tools/introduction/plan.hpp"

namespace kaomon::introduction {

// Of the steps whose predecessors are done: the overdue one of the lowest number, else the one whose day
// comes first. Null when all is done. Reentrant.
const Step* next_step(const Plan& plan);

} // namespace kaomon::introduction
