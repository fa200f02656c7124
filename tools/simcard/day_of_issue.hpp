// The day on which a card is issued.
#pragma once

#include "drivers/base/clock.hpp"
#include "drivers/base/result.hpp"
#include "tools/words/day.hpp"

#include <string>

namespace kaomon::tools::simcard {

// `text`: YYYY-MM-DD; empty: today. Reason: parameter_invalid.
inline Result<Date> day_of_issue(const std::string& text) {
    if (text.empty())
        return Date(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
    const auto day = parse_day(text);
    if (!day)
        return fail(Reason::parameter_invalid, "--date takes a day, YYYY-MM-DD");
    return *day;
}

} // namespace kaomon::tools::simcard
