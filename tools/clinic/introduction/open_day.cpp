#include "tools/clinic/introduction/open_day.hpp"

#include "tools/clinic/introduction/holiday.hpp"

namespace kaomon::introduction {

using namespace std::chrono;

bool is_closed(Date date) {
    const weekday day_of_week(sys_days{date});
    const bool year_end = (date.month() == December && unsigned(date.day()) >= 29) ||
                          (date.month() == January && unsigned(date.day()) <= 3);
    return day_of_week == Saturday || day_of_week == Sunday || year_end || holiday(date).has_value();
}

Date open_day(Date date, Shift shift) {
    while (is_closed(date))
        date = add_days(date, shift == Shift::previous ? -1 : 1);
    return date;
}

int open_days(Date from, Date to) {
    int count = 0;
    for (Date day = from; day <= to; day = add_days(day, 1))
        count += is_closed(day) ? 0 : 1;
    return count;
}

Date first_open_day(Month month) {
    return open_day(month / day(1), Shift::next);
}

} // namespace kaomon::introduction
