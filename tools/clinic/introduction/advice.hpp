// The one thing to do now.
#pragma once

#include "tools/clinic/introduction/plan.hpp"

namespace kaomon::introduction {

// Of the steps whose predecessors are done: the overdue one of the lowest number, else the one whose day
// comes first. Null when all is done. Reentrant.
const Step* next_step(const Plan& plan);
// The same as one sentence for the office, never with a day that is gone: what to do, and by when.
Text to_do_now(const Plan& plan);
// Whom to ring and why, where a guess has passed; empty otherwise.
Text ring_today_text(const Step& step, const Plan& plan);
// Which month can still be reached; empty while the wanted one can.
Text too_late_text(const Plan& plan);

} // namespace kaomon::introduction
