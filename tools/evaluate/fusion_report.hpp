// What a second embedder would add, for people and for programs.
#pragma once

#include "tools/evaluate/fusion.hpp"
#include "tools/words/language.hpp"

#include <string>

namespace kaomon::evaluate {

// A few lines of text. Reentrant.
std::string as_text(const FusionReport& report, Language language);

// JSON, schema "kaomon.fusion/1":
//   score        cosine | normalised
//   fmr          that no group passes
//   faces splits
//   first fused second   {value lowest highest}: FNMR with its 95 % interval, mean of the folds
//   change       the same: fused less first
//   folds[]      {weight mated first fused second}
std::string as_json(const FusionReport& report);

} // namespace kaomon::evaluate
