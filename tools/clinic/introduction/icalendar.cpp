#include "tools/clinic/introduction/icalendar.hpp"

#include "tools/clinic/introduction/prefecture.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kaomon::introduction {
namespace {

// RFC 5545 3.3.11.
std::string escaped(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (c == '\\' || c == ';' || c == ',')
            safe += '\\';
        if (c == '\n')
            safe += "\\n";
        else if (static_cast<unsigned char>(c) >= 0x20)
            safe += c;
    }
    return safe;
}

// RFC 5545 3.1: at most 75 bytes a line, and no character cut in two.
std::string content_line(const std::string& line) {
    std::string text;
    std::size_t used = 0;
    for (std::size_t at = 0; at < line.size();) {
        std::size_t size = 1;
        while (at + size < line.size() && (static_cast<unsigned char>(line[at + size]) & 0xC0U) == 0x80U)
            ++size;
        if (used + size > 75) {
            text += "\r\n ";
            used = 1;
        }
        text.append(line, at, size);
        used += size;
        at += size;
    }
    return text + "\r\n";
}

std::string basic(Date day) {
    return fmt::format("{:04}{:02}{:02}", int(day.year()), unsigned(day.month()), unsigned(day.day()));
}

std::string moment(std::chrono::sys_seconds time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::hh_mm_ss clock(time - day);
    return fmt::format("{}T{:02}{:02}{:02}Z", basic(Date(day)), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count());
}

// 1 to 47, from north to south (JIS X 0401).
std::ptrdiff_t prefecture_number(std::string_view name) {
    return std::ranges::find(prefectures, name, &Prefecture::name) - prefectures.begin() + 1;
}

std::string alarm(int days_before, const std::string& summary) {
    // An all-day event begins at midnight: 9 o'clock some days before is so many days less nine hours.
    return content_line("BEGIN:VALARM") + content_line("ACTION:DISPLAY") +
           content_line("DESCRIPTION:" + escaped(summary)) +
           content_line(fmt::format("TRIGGER:-P{}DT15H", days_before - 1)) + content_line("END:VALARM");
}

} // namespace

std::string icalendar(const Plan& plan, Language language, const Edition& edition) {
    std::string text =
        content_line("BEGIN:VCALENDAR") + content_line("VERSION:2.0") +
        content_line("PRODID:-//Kaomon//kaomon-clinic introduce//JA") + content_line("CALSCALE:GREGORIAN") +
        content_line("METHOD:PUBLISH") +
        content_line("X-WR-CALNAME:" + escaped(std::string(say(language, "オンライン資格確認の導入 ",
                                                               "online eligibility verification ")) +
                                               month_text(language, plan.asked.open)));
    // With METHOD:PUBLISH DTSTAMP is when this edition was made (RFC 5545, 3.8.7.2).
    const std::string stamp = moment(edition.made);
    for (const Step& step : plan.steps) {
        const std::string mark = step.done ? std::string(say(language, "済 ", "done ")) : std::string();
        const std::string summary = mark + std::string(say(language, "期限 ", "due ")) +
                                    fmt::format("{}/9 ", step.number) + say(language, step.title);
        std::string description = std::string(say(language, "相手: ", "with: ")) + say(language, step.who) +
                                  "\n" + std::string(say(language, "もと: ", "source: ")) +
                                  say(language, step.source) + "\n" + say(language, step.note);
        for (const Link& one : step.links)
            description += "\n" + say(language, one.what) + ": " + one.url;
        if (!step.certain)
            description += "\n" + std::string(say(language, "この日は目安です。厚生局に確かめてください。",
                                                  "a careful guess: ask the bureau"));
        text += content_line("BEGIN:VEVENT") +
                content_line(fmt::format("UID:step-{}-{}-{}@kaomon.invalid", step.number,
                                         iso(plan.asked.open), prefecture_number(plan.asked.prefecture))) +
                content_line("DTSTAMP:" + stamp) + content_line("LAST-MODIFIED:" + stamp) +
                content_line(fmt::format("SEQUENCE:{}", edition.sequence)) +
                content_line("DTSTART;VALUE=DATE:" + basic(step.latest)) +
                content_line("DTEND;VALUE=DATE:" + basic(add_days(step.latest, 1))) +
                content_line("SUMMARY:" + escaped(summary)) +
                content_line("DESCRIPTION:" + escaped(description)) + content_line("TRANSP:TRANSPARENT");
        if (!step.done)
            text += alarm(14, summary) + alarm(3, summary);
        text += content_line("END:VEVENT");
    }
    return text + content_line("END:VCALENDAR");
}

} // namespace kaomon::introduction
