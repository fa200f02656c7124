// The holder file: TOML.
#include "drivers/base/toml_screen.hpp"
#include "drivers/card/simulated/holder.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>

namespace kaomon::card::simulated {
namespace {

constexpr std::size_t largest_file = 16 * 1024; // bytes

bool all_of(std::string_view text, std::size_t least, std::size_t most, bool letters) {
    return text.size() >= least && text.size() <= most && std::ranges::all_of(text, [letters](char c) {
               return (c >= '0' && c <= '9') || (letters && c >= 'A' && c <= 'Z');
           });
}

// 0, which is no year, month or day, where anything but digits stands there.
unsigned number_in(std::string_view digits) {
    unsigned number = 0;
    const auto [stop, error] = std::from_chars(digits.begin(), digits.end(), number);
    return error == std::errc() && stop == digits.end() ? number : 0;
}

std::optional<Date> date_of(const toml::node& node) {
    int y = 0;
    unsigned m = 0, d = 0;
    if (const auto* date = node.as_date()) {
        y = date->get().year, m = date->get().month, d = date->get().day;
    } else if (const auto quoted = node.value<std::string>()) { // YYYY-MM-DD
        const std::string_view text = *quoted;
        if (text.size() != 10 || text[4] != '-' || text[7] != '-')
            return std::nullopt;
        y = static_cast<int>(number_in(text.substr(0, 4)));
        m = number_in(text.substr(5, 2));
        d = number_in(text.substr(8, 2));
    }
    const Date date{std::chrono::year(y), std::chrono::month(m), std::chrono::day(d)};
    if (!date.ok() || y < 1900 || y > 2199)
        return std::nullopt;
    return date;
}

// Takes one value; empty when all is well, otherwise what would have been allowed.
std::string_view take(Holder& holder, std::string_view key, const toml::node& node) {
    const auto text = node.value<std::string>();
    const auto take_date = [&](Date& into) -> std::string_view {
        const auto date = date_of(node);
        if (date)
            into = *date;
        return date ? "" : "a date, YYYY-MM-DD";
    };
    const auto take_text = [&](std::string& into, bool good, std::string_view allowed) -> std::string_view {
        if (!text || !good)
            return allowed;
        into = *text;
        return "";
    };
    const std::string_view value = text ? std::string_view(*text) : std::string_view();
    const bool short_text = !value.empty() && value.size() <= 240;
    if (key == "name")
        return take_text(holder.name, short_text, "a text of 1 to 240 bytes");
    if (key == "address")
        return take_text(holder.address, short_text, "a text of 1 to 240 bytes");
    if (key == "birth_date")
        return take_date(holder.birth_date);
    if (key == "card_expiry")
        return take_date(holder.card_expiry);
    if (key == "security_code")
        return take_text(holder.security_code, all_of(value, 4, 4, false), "four digits in quotes");
    if (key == "sign_in_pin")
        return take_text(holder.sign_in_pin, all_of(value, 4, 4, false), "four digits in quotes");
    if (key == "text_pin")
        return take_text(holder.text_pin, all_of(value, 4, 4, false), "four digits in quotes");
    if (key == "sign_password") {
        return take_text(holder.sign_password, all_of(value, 6, 16, true), "6 to 16 of A-Z and 0-9");
    }
    if (key == "municipality")
        return take_text(holder.municipality, all_of(value, 5, 5, false), "five digits in quotes");
    if (key == "sex") {
        if (value == "male")
            holder.sex = Sex::male;
        else if (value == "female")
            holder.sex = Sex::female;
        else if (value == "not_applicable")
            holder.sex = Sex::not_applicable;
        else
            return "\"male\", \"female\" or \"not_applicable\"";
        return "";
    }
    return "no such key: name, address, birth_date, sex, card_expiry, security_code, sign_in_pin, text_pin, "
           "sign_password, municipality";
}

} // namespace

Result<Holder> parse_holder(std::string_view toml, std::string_view name) {
    const auto at = [&](const toml::source_region& where, std::string_view what) {
        return fail(Reason::config_invalid,
                    std::string(name) + ":" + std::to_string(where.begin.line) + ": " + std::string(what));
    };
    if (toml.size() > largest_file)
        return fail(Reason::config_invalid, std::string(name) + ": more than 16 KiB");
    if (const auto flaw = screen_toml(toml)) {
        return fail(Reason::config_invalid,
                    std::string(name) + ":" + std::to_string(flaw->line) + ": " + flaw->text);
    }
    try {
        const toml::table table = toml::parse(toml);
        Holder holder;
        for (const auto& [key, node] : table) {
            const std::string_view allowed = take(holder, key.str(), node);
            if (!allowed.empty())
                return at(node.source(), std::string(key.str()) + ": " + std::string(allowed));
        }
        return holder;
    } catch (const toml::parse_error& error) {
        return at(error.source(), error.description());
    }
}

Result<Holder> load_holder(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return fail(Reason::config_invalid, file.string() + ": cannot be read");
    std::string text(largest_file + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return parse_holder(text, file.string());
}

} // namespace kaomon::card::simulated
