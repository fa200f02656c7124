#include "tools/clinic/introduction/bureau.hpp"

#include "drivers/base/toml_screen.hpp"
#include "tools/clinic/introduction/prefecture.hpp"
#include "tools/words/place.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace kaomon::data {
extern const std::string_view bureaus_toml;
}

namespace kaomon::introduction {
namespace {

using namespace std::chrono;

constexpr std::size_t largest_rules = 64 * 1024; // bytes

[[noreturn]] void refuse(const std::string& what) {
    throw std::invalid_argument(what);
}

// The values of one section, by name; every one must be taken.
struct Section {
    const toml::table& values;
    std::string name;

    bool has(const std::string& key) const { return values.contains(key); }
    std::string text(const std::string& key) const {
        const auto* found = values.get(key);
        if (found == nullptr)
            return {};
        const auto value = found->value_exact<std::string>();
        if (!value || value->size() > 400)
            refuse(name + "." + key + " is no text");
        return *value;
    }
    Text both(const std::string& key) const {
        const std::string ja = text(key), en = text(key + "_en");
        return {ja, en.empty() ? ja : en};
    }
    int number(const std::string& key, int least, int most) const {
        const auto* found = values.get(key);
        const auto value = found == nullptr ? std::nullopt : found->value_exact<std::int64_t>();
        if (!value || *value < least || *value > most)
            refuse(fmt::format("{}.{} is no number from {} to {}", name, key, least, most));
        return static_cast<int>(*value);
    }
    std::string url(const std::string& key) const {
        const std::string value = text(key);
        if (!value.empty() && !value.starts_with("https://") && !value.starts_with("http://"))
            refuse(name + "." + key + " is no web address");
        return value;
    }
    std::optional<Date> day(const std::string& key) const {
        const auto* found = values.get(key);
        if (found == nullptr)
            return std::nullopt;
        const auto value = found->value_exact<toml::date>();
        const Date date =
            value ? year(value->year) / month(value->month) / std::chrono::day(value->day) : Date{};
        if (!date.ok() || !value)
            refuse(name + "." + key + " is no day");
        return date;
    }
    std::vector<std::string> list(const std::string& key) const {
        const auto* found = values.get(key);
        if (found == nullptr)
            return {};
        if (!found->is_array())
            refuse(name + "." + key + " is no list");
        std::vector<std::string> texts;
        for (const toml::node& one : *found->as_array()) {
            const auto value = one.value_exact<std::string>();
            if (!value)
                refuse(name + "." + key + " holds something that is no text");
            texts.push_back(*value);
        }
        return texts;
    }
};

Shift shift_of(std::string_view word) {
    if (word != "previous" && word != "next")
        refuse("a closed day moves to the \"previous\" or the \"next\" open day, not \"" + std::string(word) +
               "\"");
    return word == "next" ? Shift::next : Shift::previous;
}

// request_day, request_months_before, request_closed, request_certain, request_source, request_url,
// request_dated, request_seen; `reply`
// stands in the month of the request.
DayRule rule_of(const Section& section, const std::string& what, const DayRule& otherwise) {
    DayRule rule = otherwise;
    if (section.has(what + "_day")) {
        rule = {};
        rule.day = section.values.get(what + "_day")->is_string() ? 0 : section.number(what + "_day", 1, 28);
        if (rule.day == 0 && section.text(what + "_day") != "first_open")
            refuse(section.name + "." + what + "_day is neither a day nor \"first_open\"");
        rule.months_before = section.has(what + "_months_before")
                                 ? section.number(what + "_months_before", 0, 12)
                                 : otherwise.months_before;
        if (section.has(what + "_closed"))
            rule.closed = shift_of(section.text(what + "_closed"));
    }
    if (section.has(what + "_certain"))
        rule.certain = section.values.get(what + "_certain")->value_or(false);
    rule.source = section.both(what + "_source");
    rule.url = section.url(what + "_url");
    rule.dated = section.day(what + "_dated");
    rule.seen = section.day(what + "_seen");
    return rule;
}

Bureau bureau_of(const Section& section, const Bureau& unknown) {
    Bureau bureau;
    bureau.name = section.both("name");
    bureau.url = section.url("url");
    bureau.note = section.both("note");
    bureau.prefectures = section.list("prefectures");
    bureau.request = rule_of(section, "request", unknown.request);
    if (section.has("reply_day"))
        bureau.reply = rule_of(section, "reply", bureau.request);
    // A list by prefecture leaves those that are not on it with the careful date: what is certain is the
    // list.
    const auto lines = section.list("designation_by_prefecture");
    bureau.designation =
        lines.empty() ? rule_of(section, "designation", unknown.designation) : unknown.designation;
    for (const std::string& line : lines) {
        std::istringstream in(line);
        std::string prefecture, closed;
        DayRule rule = rule_of(section, "designation", unknown.designation);
        if (!(in >> prefecture >> rule.day >> closed) || rule.day < 1 || rule.day > 28)
            refuse(section.name + ".designation_by_prefecture: \"" + line +
                   "\" is not \"PREFECTURE DAY previous|next\"");
        rule.closed = shift_of(closed);
        bureau.designation_by_prefecture.emplace_back(prefecture, rule);
    }
    return bureau;
}

std::vector<Bureau> bureaus_of(const toml::table& parsed) {
    const toml::table* unknown_values = parsed["unknown"].as_table();
    if (unknown_values == nullptr)
        refuse("there is no section [unknown]");
    const Section unknown_section{*unknown_values, "unknown"};
    Bureau unknown;
    unknown.request = rule_of(unknown_section, "request", {});
    unknown.designation = rule_of(unknown_section, "designation", {});
    std::vector<Bureau> bureaus;
    for (const auto& [name, node] : parsed) {
        if (!node.is_table())
            refuse(std::string(name.str()) + " is no section");
        if (name.str() != "unknown")
            bureaus.push_back(bureau_of({*node.as_table(), std::string(name.str())}, unknown));
    }
    for (const Prefecture& prefecture : prefectures) {
        if (std::ranges::count_if(bureaus, [&](const Bureau& one) {
                return std::ranges::find(one.prefectures, prefecture.name) != one.prefectures.end();
            }) != 1)
            refuse(std::string(prefecture.name) + " does not belong to exactly one bureau");
    }
    return bureaus;
}

} // namespace

Date DayRule::of(Month opening) const {
    const Month in = opening - months(months_before);
    return day == 0 ? first_open_day(in)
                    : open_day(in / std::chrono::day(static_cast<unsigned>(day)),
                               closed.value_or(Shift::previous));
}

const DayRule& Bureau::designation_in(std::string_view prefecture) const {
    for (const auto& [listed, rule] : designation_by_prefecture) {
        if (listed == prefecture)
            return rule;
    }
    return designation;
}

Outcome<Bureaus> Bureaus::parse(std::string_view text) {
    std::string why;
    if (text.size() > largest_rules) {
        why = "larger than 64 KiB";
    } else if (const auto flaw = screen_toml(text)) {
        why = fmt::format("line {}: {}", flaw->line, flaw->text);
    } else {
        try {
            Bureaus bureaus;
            bureaus.bureaus_ = bureaus_of(toml::parse(text));
            return bureaus;
        } catch (const toml::parse_error& error) {
            why = fmt::format("line {}: {}", error.source().begin.line, error.description());
        } catch (const std::invalid_argument& error) {
            why = error.what();
        }
    }
    return trouble(
        exit_usage, "rules_invalid",
        {"厚生局の規則のファイルを読めません" + place_in(why) + "。",
         "the bureaus' rules cannot be read: " + why},
        {"--rules を付けなければ、内蔵の規則を使います。", "without --rules the built-in ones are used"});
}

const Bureaus& Bureaus::built_in() {
    static const Bureaus bureaus = parse(data::bureaus_toml).value();
    return bureaus;
}

Date Bureaus::collected() const {
    Date newest{};
    for (const Bureau& one : bureaus_)
        newest = std::max({newest, one.request.seen.value_or(newest), one.designation.seen.value_or(newest)});
    return newest;
}

const Bureau& Bureaus::of(std::string_view prefecture) const {
    for (const Bureau& bureau : bureaus_) {
        if (std::ranges::find(bureau.prefectures, prefecture) != bureau.prefectures.end())
            return bureau;
    }
    throw std::invalid_argument("not a prefecture: " + std::string(prefecture)); // spelled() comes first
}

} // namespace kaomon::introduction
