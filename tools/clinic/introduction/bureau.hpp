// The regional bureaus and their dates: data that ages, read from bureaus.toml.
#pragma once

#include "tools/clinic/introduction/open_day.hpp"
#include "tools/words/trouble.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::introduction {

struct DayRule {
    int day = 0; // of the month; 0: its first open day
    int months_before = 0;
    std::optional<Shift> closed; // nothing: not known, which way a closed day moves
    bool certain = false;
    Text source; // where it stands; empty: nowhere, a careful date
    std::string url;
    std::optional<Date> dated, seen; // the date on the source, and when somebody looked at it

    // For a designation on the first of `opening`. Where the shift is not known: the previous open day, which
    // is safe.
    Date of(Month opening) const;
};

struct Bureau {
    Text name;
    std::string url; // its own page, for asking
    std::vector<std::string> prefectures;
    Text note;
    DayRule request;              // step 5, latest
    std::optional<DayRule> reply; // the bureau's answer
    DayRule designation;          // step 9, latest; where the prefecture has none of its own
    std::vector<std::pair<std::string, DayRule>> designation_by_prefecture;

    const DayRule& designation_in(std::string_view prefecture) const;
};

class Bureaus {
  public:
    // Word: rules_invalid. Reentrant.
    static Outcome<Bureaus> parse(std::string_view toml);
    static const Bureaus& built_in();

    // Of a prefecture as spelled() gives it; every prefecture has one.
    const Bureau& of(std::string_view prefecture) const;
    const std::vector<Bureau>& all() const noexcept { return bureaus_; }
    Date collected() const; // the newest day on which somebody looked at a source

  private:
    std::vector<Bureau> bureaus_;
};

} // namespace kaomon::introduction
