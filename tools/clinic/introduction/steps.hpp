// What the introduction notice says of each of its nine steps, without days.
#pragma once

#include "tools/clinic/introduction/plan.hpp"

namespace kaomon::introduction {

// Numbers, titles, with whom, what is handed in, what follows from what.
std::array<Step, step_count> described_steps(const Text& bureau, clinic::InstitutionKind kind);

} // namespace kaomon::introduction
