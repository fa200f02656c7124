#include "tools/words/day.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace kaomon {
namespace {

using namespace std::chrono;

constexpr std::array<const char*, 7> weekdays_ja{"日", "月", "火", "水", "木", "金", "土"};
constexpr std::array<const char*, 7> weekdays_en{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> months_en{"January",   "February", "March",    "April",
                                                "May",       "June",     "July",     "August",
                                                "September", "October",  "November", "December"};

// "2027-04-01" as its numbers; nothing when it is not of the form 9999-99[-99].
std::optional<std::array<int, 3>> numbers(std::string_view text) {
    std::array<int, 3> found{};
    if (text.size() > 10)
        return std::nullopt;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool dash = at == 4 || at == 7;
        if (dash ? text[at] != '-' : text[at] < '0' || text[at] > '9')
            return std::nullopt;
        if (!dash) {
            int& number = found[at < 4 ? 0 : at < 7 ? 1 : 2];
            number = number * 10 + (text[at] - '0');
        }
    }
    return found;
}

} // namespace

std::optional<Month> parse_month(std::string_view text) {
    const auto found = text.size() == 7 ? numbers(text) : std::nullopt;
    if (!found)
        return std::nullopt;
    const Month month{year((*found)[0]), std::chrono::month(static_cast<unsigned>((*found)[1]))};
    if (!month.ok() || (*found)[0] < 1900 || (*found)[0] > 2199)
        return std::nullopt;
    return month;
}

std::optional<Date> parse_day(std::string_view text) {
    const auto month = text.size() == 10 ? parse_month(text.substr(0, 7)) : std::nullopt;
    const auto found = numbers(text);
    if (!month || !found)
        return std::nullopt;
    const Date date = *month / day(static_cast<unsigned>((*found)[2]));
    return date.ok() ? std::optional(date) : std::nullopt;
}

namespace {

// Digits of full width and the signs between numbers as ASCII; spaces go.
std::string plain(std::string_view text) {
    std::string made(text);
    const auto replace = [&](std::string_view from, std::string_view to) {
        for (std::size_t at = 0; (at = made.find(from, at)) != made.npos; at += to.size())
            made.replace(at, from.size(), to);
    };
    for (char digit = 0; digit < 10; ++digit) // U+FF10 is the first
        replace(std::string{'\xEF', '\xBC', static_cast<char>('\x90' + digit)},
                std::string(1, static_cast<char>('0' + digit)));
    static constexpr std::pair<std::string_view, std::string_view> signs[]{
        {"令和", "R"}, {"ｒ", "R"}, {"Ｒ", "R"}, {"r", "R"},  {"元", "1"}, {"年", "-"}, {"月", ""},
        {"／", "-"},   {"/", "-"},  {".", "-"},  {"．", "-"}, {"－", "-"}, {"　", ""},  {" ", ""}};
    for (const auto& [from, to] : signs)
        replace(from, to);
    return made;
}

} // namespace

std::optional<Month> read_month(std::string_view text) {
    constexpr int reiwa_begins = 2019; // Reiwa 1
    if (text.size() > 40)
        return std::nullopt;
    std::string said = plain(text);
    const bool era = said.starts_with('R');
    said.erase(0, era ? 1 : 0);
    const auto dash = said.find('-');
    const auto is_number = [](std::string_view part, std::size_t most) {
        return !part.empty() && part.size() <= most &&
               std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
    };
    if (dash == said.npos || !is_number(std::string_view(said).substr(0, dash), era ? 2 : 4) ||
        !is_number(std::string_view(said).substr(dash + 1), 2))
        return std::nullopt;
    const int year = std::stoi(said.substr(0, dash)) + (era ? reiwa_begins - 1 : 0);
    return parse_month(fmt::format("{:04}-{:02}", year, std::stoi(said.substr(dash + 1))));
}

std::string iso(Date date) {
    return fmt::format("{:04}-{:02}-{:02}", int(date.year()), unsigned(date.month()), unsigned(date.day()));
}

std::string iso(Month month) {
    return fmt::format("{:04}-{:02}", int(month.year()), unsigned(month.month()));
}

std::string day_text(Language language, Date date) {
    const unsigned weekday = std::chrono::weekday(sys_days(date)).c_encoding();
    if (language == Language::japanese)
        return fmt::format("{}年{}月{}日（{}）", int(date.year()), unsigned(date.month()),
                           unsigned(date.day()), weekdays_ja[weekday]);
    return fmt::format("{} {} {} {}", weekdays_en[weekday], unsigned(date.day()),
                       months_en[unsigned(date.month()) - 1], int(date.year()));
}

std::string month_text(Language language, Month month) {
    if (language == Language::japanese)
        return fmt::format("{}年{}月", int(month.year()), unsigned(month.month()));
    return fmt::format("{} {}", months_en[unsigned(month.month()) - 1], int(month.year()));
}

Text day_text(Date date) {
    return {day_text(Language::japanese, date), day_text(Language::english, date)};
}

Text month_text(Month month) {
    return {month_text(Language::japanese, month), month_text(Language::english, month)};
}

int days_between(Date from, Date to) {
    return static_cast<int>((sys_days(to) - sys_days(from)).count());
}

Date add_days(Date date, int count) {
    return sys_days(date) + days(count);
}

Date today_in_japan() {
    return floor<days>(system_clock::now() + hours(9));
}

} // namespace kaomon
