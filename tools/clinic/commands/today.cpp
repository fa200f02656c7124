#include "tools/clinic/commands/today.hpp"

#include "tools/clinic/introduction/bureau.hpp"
#include "tools/clinic/network/expectation.hpp"

#include <algorithm>

namespace kaomon::clinic {

Date collected_day() {
    Date newest = introduction::Bureaus::built_in().collected();
    for (const network::Expectation& line : network::built_in())
        newest = std::max(newest, line.seen);
    return newest;
}

Outcome<Date> day_of(const std::string& text, const char* option) {
    if (const auto day = parse_day(text))
        return *day;
    return trouble(exit_usage, "impossible_day",
                   {std::string(option) + " の「" + text + "」という日はありません。",
                    std::string(option) + ": there is no day '" + text + "'"},
                   {"例: 2027-01-15", "e.g. 2027-01-15"});
}

Outcome<Date> today_of(const std::string& text) {
    if (!text.empty())
        return day_of(text, "--today");
    const Date today = today_in_japan();
    if (today >= collected_day())
        return today;
    return trouble(exit_usage, "clock_wrong",
                   {"このパソコンの日付は" + day_text(today).ja + "で、遅れています。",
                    "this computer's clock says " + day_text(today).en + ", which is past"},
                   {"日付と時刻を合わせるか、--today で今日の日付を指定してください。",
                    "set date and time, or name the day with --today"});
}

} // namespace kaomon::clinic
