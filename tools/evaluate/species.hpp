// The kinds of presentations that are rendered: bona fide ones and presentation attack instrument species
// (ISO/IEC 30107-3).
#pragma once

#include "drivers/camera/presentation.hpp"
#include "tools/words/language.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kaomon::evaluate {

struct Species {
    camera::Presentation presentation;
    camera::Attacker attacker;
    std::string label; // in reports: bona-fide-calm, flat, telephone-answering
    Text name;
};

// All of them, bona fide ones first, in the order in which reports show them.
std::span<const Species> all_species();
const Species* species_of(std::string_view label); // nothing for a label of a list of clips

} // namespace kaomon::evaluate
