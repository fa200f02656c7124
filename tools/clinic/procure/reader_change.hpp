// The change of the official face reader: its maintenance ends, the next generation reads telephones. What to
// do by when, and what is still to be asked.
#pragma once

#include "tools/clinic/folder/official_reader.hpp"
#include "tools/clinic/folder/profile.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kaomon::procure {

struct ChangeStep {
    Text what;
    std::optional<Date> latest; // nothing: now, before any day can be named
    bool overdue = false;
};

struct ReaderChange {
    std::string model; // as the clinic calls it; empty: not said
    std::optional<clinic::ReaderGeneration> generation;
    std::optional<Date> maintenance_until;
    std::optional<clinic::PhoneReading> phones;
    std::vector<ChangeStep> steps;
    std::vector<Text> warnings; // for the clinic, not for the vendor

    bool known() const { return generation && maintenance_until && phones; }
};

// `open`: the opening month, where it is known. What the list of models says of phones stands where the
// clinic said nothing. Reentrant.
ReaderChange plan_change(const clinic::Profile& profile, std::optional<Month> open, Date today);

std::string change_page(const ReaderChange& change, Language language, Date today);

} // namespace kaomon::procure
