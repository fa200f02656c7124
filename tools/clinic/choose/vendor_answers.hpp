// What cannot be measured of a reader and must be asked of its maker before it is bought: the generation, the
// end of maintenance, telephones. As criteria of the measurement, and as questions while there is no answer.
#pragma once

#include "tools/clinic/choose/measurement.hpp"
#include "tools/clinic/folder/official_reader.hpp"

#include <span>

namespace kaomon::choose {

inline constexpr int maintained_long_enough =
    3 * 365; // days: our own limit, the life of a device certificate

struct VendorAnswers {
    std::optional<clinic::ReaderGeneration> generation;
    std::optional<Date> maintenance_until;
    std::optional<clinic::PhoneReading> phones;
};

// Adds a criterion for each answer that was given. Reentrant.
void add_answers(Measurement& reader, const VendorAnswers& answers, Date today);
// What is still to be asked, each with the candidates' names; empty when all is answered, or no reader was
// measured.
std::vector<Text> open_questions(std::span<const Measurement> measurements);

} // namespace kaomon::choose
