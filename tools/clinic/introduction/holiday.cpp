#include "tools/clinic/introduction/holiday.hpp"

#include <array>
#include <cmath>

namespace kaomon::introduction {
namespace {

using namespace std::chrono;

struct Fixed {
    month_day day;
    const char *ja, *en;
};
const std::array<Fixed, 10> fixed{{{January / 1, "元日", "New Year's Day"},
                                   {February / 11, "建国記念の日", "National Foundation Day"},
                                   {February / 23, "天皇誕生日", "Emperor's Birthday"},
                                   {April / 29, "昭和の日", "Showa Day"},
                                   {May / 3, "憲法記念日", "Constitution Day"},
                                   {May / 4, "みどりの日", "Greenery Day"},
                                   {May / 5, "こどもの日", "Children's Day"},
                                   {August / 11, "山の日", "Mountain Day"},
                                   {November / 3, "文化の日", "Culture Day"},
                                   {November / 23, "勤労感謝の日", "Labour Thanksgiving Day"}}};

struct Monday {
    month in;
    unsigned which;
    const char *ja, *en;
};
const std::array<Monday, 4> mondays{{{January, 2, "成人の日", "Coming of Age Day"},
                                     {July, 3, "海の日", "Marine Day"},
                                     {September, 3, "敬老の日", "Respect for the Aged Day"},
                                     {October, 2, "スポーツの日", "Sports Day"}}};

// The day of the equinox in Japan, 1980 to 2099: the approximation of the Hydrographic Department's long-term
// tables (新こよみ便利帳). The binding day is announced in the official gazette each February for the next
// year.
unsigned equinox(int year, double offset) {
    const int past = year - 1980;
    return static_cast<unsigned>(std::floor(offset + 0.242194 * past) - std::floor(past / 4.0));
}

// A holiday of the Act's own list, article 2.
std::optional<Text> listed(Date date) {
    for (const Fixed& one : fixed) {
        if (one.day == date.month() / date.day())
            return Text{one.ja, one.en};
    }
    for (const Monday& one : mondays) {
        if (one.in == date.month() &&
            Date(sys_days(date.year() / one.in / std::chrono::Monday[one.which])) == date)
            return Text{one.ja, one.en};
    }
    if (date.month() == March && unsigned(date.day()) == equinox(int(date.year()), 20.8431))
        return Text{"春分の日", "Vernal Equinox Day"};
    if (date.month() == September && unsigned(date.day()) == equinox(int(date.year()), 23.2488))
        return Text{"秋分の日", "Autumnal Equinox Day"};
    return std::nullopt;
}

} // namespace

std::optional<Text> holiday(Date date) {
    if (auto own = listed(date))
        return own;
    // Article 3.2: a holiday on a Sunday makes the next day that is no holiday one.
    for (Date before = add_days(date, -1); listed(before); before = add_days(before, -1)) {
        if (weekday(sys_days(before)) == Sunday)
            return Text{"振替休日", "substitute holiday"};
    }
    // Article 3.3: a day between two holidays.
    if (listed(add_days(date, -1)) && listed(add_days(date, 1)))
        return Text{"国民の休日", "national day of rest"};
    return std::nullopt;
}

} // namespace kaomon::introduction
