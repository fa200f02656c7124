// What the introduction notice says of each of its nine steps, without days.
#pragma once

#include "tools/introduction/plan.hpp"

namespace kaomon::introduction {

// Numbers, titles, with whom, what is handed in, what follows from what. `kind` as in Asked.
std::array<Step, step_count> described_steps(const Text& bureau, std::string_view kind);

} // namespace kaomon::introduction
