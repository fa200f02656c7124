// What the commands of `introduce` share: their options, and the desk they begin at.
#pragma once

#include "tools/clinic/commands/staff.hpp"
#include "tools/clinic/folder/profile.hpp"
#include "tools/clinic/introduction/plan.hpp"

namespace kaomon::clinic {

struct IntroduceOptions {
    std::string open, prefecture; // empty: of the clinic's profile
    std::string kind;             // the same
    std::string today;            // empty: by the clock, in Japan
    std::string rules;            // a file in place of the built-in rules
    bool save = false;            // of plan: into the profile
    int step = 0;                 // of done and undo
    std::string number, on, note; // of done
    std::string out;              // of calendar
    int year = 0;                 // of holidays; 0: of today
};

struct IntroduceDesk {
    Staff staff;
    clinic::Profile profile;
    introduction::Record record;
    introduction::Plan plan;
};

Outcome<IntroduceDesk> open_desk(const Common& common, const IntroduceOptions& options);

int introduce_plan(const Common& common, const IntroduceOptions& options);
int introduce_next(const Common& common, const IntroduceOptions& options);
int introduce_done(const Common& common, const IntroduceOptions& options);
int introduce_undo(const Common& common, const IntroduceOptions& options);
int introduce_calendar(const Common& common, const IntroduceOptions& options);
int introduce_page(const Common& common, const IntroduceOptions& options);
int introduce_holidays(const Common& common, const IntroduceOptions& options);

} // namespace kaomon::clinic
