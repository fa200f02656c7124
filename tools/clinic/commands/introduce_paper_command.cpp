// kaomon-clinic introduce calendar, page, holidays: the plan as it leaves this computer.
#include "tools/clinic/commands/introduce_desk.hpp"
#include "tools/clinic/commands/today.hpp"
#include "tools/clinic/folder/pages.hpp"
#include "tools/clinic/introduction/holiday.hpp"
#include "tools/clinic/introduction/icalendar.hpp"
#include "tools/clinic/introduction/introduction_page.hpp"

#include <boost/json/array.hpp>

#include <cstdio>

namespace kaomon::clinic {

namespace json = boost::json;
using namespace introduction;

int introduce_calendar(const Common& common, const IntroduceOptions& options) {
    auto desk = open_desk(common, options);
    if (!desk)
        return Staff(common).fail(desk.error());
    // Nobody gets two editions that differ and say that they are the same.
    auto last = desk->staff.folder.read<Edition>(edition_file, parse_edition);
    if (!last)
        return desk->staff.fail(last.error());
    const Edition edition =
        next_edition(*last, icalendar(desk->plan, common.language()),
                     std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    if (edition != *last) {
        if (auto written = desk->staff.folder.write(edition_file, print(edition)); !written)
            return desk->staff.fail(written.error());
    }
    const std::string text = icalendar(desk->plan, common.language(), edition);
    if (options.out == "-") {
        std::fwrite(text.data(), 1, text.size(), stdout);
        return desk->staff.end(exit_ok);
    }
    const auto file = put(desk->staff.folder, options.out, "calendar.ics", text);
    if (!file)
        return desk->staff.fail(file.error());
    if (common.json)
        print_json({{"file", *file}, {"events", step_count}});
    else
        print_line(std::string(say(common.language(), "書きました: ", "wrote ")) + *file);
    return desk->staff.end(exit_ok);
}

int introduce_page(const Common& common, const IntroduceOptions& options) {
    auto desk = open_desk(common, options);
    if (!desk)
        return Staff(common).fail(desk.error());
    const Language language = common.language();
    const std::string html = introduction_page(desk->plan, language, desk->profile["name"]);
    if (auto written = clinic::write_page(desk->staff.folder, "introduction.html", html, language,
                                          desk->plan.asked.today);
        !written)
        return desk->staff.fail(written.error());
    if (common.json)
        print_json({{"file", desk->staff.folder.at("introduction.html").string()}});
    desk->staff.wrote("introduction.html");
    return desk->staff.end(exit_ok);
}

// The days a bureau is closed beside Saturdays and Sundays.
int introduce_holidays(const Common& common, const IntroduceOptions& options) {
    const Staff staff(common);
    const auto today = today_of(options.today);
    if (!today)
        return staff.fail(today.error());
    const int year = options.year == 0 ? int(today->year()) : options.year;
    json::array days;
    for (Date day = std::chrono::year(year) / 1 / 1; int(day.year()) == year; day = add_days(day, 1)) {
        const auto name = holiday(day);
        if (!name)
            continue;
        if (common.json)
            days.push_back(json::object{{"day", iso(day)}, {"name", say(staff.language, *name)}});
        else
            print_line(day_text(staff.language, day) + "  " + say(staff.language, *name));
    }
    if (common.json)
        print_json({{"year", year}, {"holidays", std::move(days)}});
    return exit_ok;
}

} // namespace kaomon::clinic
