// The day before opening: what was looked at, part by part, and whether the desk may open.
#pragma once

#include "tools/finding/finding.hpp"
#include "tools/words/day.hpp"

namespace kaomon::rehearse {

struct Part {
    std::string word; // snake_case, for machines: "reader"
    Text title;
    std::vector<Finding> findings;

    Standing standing() const; // of its worst finding; without one: not_checkable
};

struct Rehearsal {
    Date on{};
    std::string clinic; // may be empty
    Text simulated;     // which devices were; empty: none, the test visit's card aside
    std::vector<Part> parts;

    // good: everything was looked at and is good. attention: nothing failed, and something is in need of a
    // person. failed: something did. Unknown is never folded into good.
    Standing standing() const;
};

Text verdict_text(Standing standing);

} // namespace kaomon::rehearse
