// The nine steps of the introduction notice, with their days.
#pragma once

#include "tools/clinic/folder/institution.hpp"
#include "tools/clinic/introduction/bureau.hpp"
#include "tools/clinic/introduction/record.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace kaomon::introduction {

inline constexpr int step_count = 9;

struct Asked {
    Month open;
    std::string prefecture; // spelled()
    clinic::InstitutionKind kind = clinic::InstitutionKind::clinic;
    Date today;
};

struct Link {
    Text what;
    std::string url;
};

struct Step {
    int number = 0; // 1..9, in circles in the notice
    Text title;
    Date earliest;     // not before today, nor before what it follows from can be done; never after `latest`
    Date latest;       // never a closed day; where the guide or a bureau's rule ends
    bool hard = false; // a later day means a later opening month; otherwise the notice's guide
    bool certain = false;             // false: the bureau must be asked for its day
    Text who;                         // with whom
    Text source;                      // of the latest day, with the day it was seen where that is known
    std::optional<Date> source_dated; // the page's own date, else when it was last seen; nothing: no source
    Text note;
    std::vector<Text> hand_in; // what is needed or handed in
    std::vector<Link> links;   // where to look and whom to ask, the source's own page first
    std::vector<int> after;    // the steps it follows from
    std::vector<int>
        together;      // the steps that share this one's days, itself among them; empty: it has its own
    int open_days = 0; // of those days: that many are open
    std::optional<Done> done;

    bool overdue(Date today) const { return !done && today > latest; }
    // A bureau's day that is only a careful guess has passed: its own day may still be to come.
    bool ask_today(Date today) const { return overdue(today) && hard && !certain; }
    // Older than a year, or without a source: the bureau is asked before anybody relies on it.
    bool ask_again(Date today) const;
};

inline constexpr int source_good_for = 365; // days
// "2年4か月前の情報", "4か月前の情報", "今月の情報"; without a source "情報なし".
Text source_age_text(const Step& step, Date today);
// "⑥⑦⑧は同じ期間です …"; empty where the step has its days for itself.
Text together_text(const Step& step);

struct Plan {
    Asked asked;
    Text bureau, bureau_note;
    std::array<Step, step_count> steps;
    std::optional<Date> reply; // the bureau's answer to step 5, at the latest
    Month first_possible;      // the opening month itself while it can still be reached

    bool too_late() const { return first_possible != asked.open; }
};

// Words: impossible_month (outside 2024-03 to 2050-12, or not later than today's month).
Outcome<Plan> make_plan(const Bureaus& bureaus, const Asked& asked, const Record& record);

} // namespace kaomon::introduction
