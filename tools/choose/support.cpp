#include "tools/choose/support.hpp"

#include "drivers/base/toml_screen.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace kaomon::data {
extern const std::string_view support_toml;
}

namespace kaomon::choose {
namespace {

constexpr std::size_t largest_table = 256 * 1024; // bytes

std::optional<std::uint32_t> hexadecimal(std::string_view digits) {
    std::uint32_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (digits.size() != 4 || read.ptr != digits.data() + digits.size())
        return std::nullopt;
    return value;
}

std::uint32_t usb_number(std::string_view text) {
    const auto vendor = hexadecimal(text.substr(0, 4));
    const auto product = text.size() == 9 && text[4] == ':' ? hexadecimal(text.substr(5)) : std::nullopt;
    if (!vendor || !product)
        throw std::invalid_argument("usb must be \"vvvv:pppp\"");
    return *vendor << 16 | *product;
}

std::string need(const toml::table& table, std::string_view key) {
    const auto value = table[key].value_exact<std::string>();
    if (!value)
        throw std::invalid_argument(std::string(key) + " is missing");
    return *value;
}

SupportEntry entry_of(const toml::table& table) {
    SupportEntry one{need(table, "name"), {}, {}, {}};
    const std::string word = need(table, "support");
    if (word == "unsupported")
        one.support = Support::unsupported;
    else if (word == "no_driver")
        one.support = Support::no_driver;
    else if (word != "should_work")
        throw std::invalid_argument("no support: " + word);
    const toml::array* usb = table["usb"].as_array();
    if (usb == nullptr || usb->empty())
        throw std::invalid_argument("usb is missing");
    for (const toml::node& id : *usb)
        one.usb.push_back(usb_number(id.value_exact<std::string>().value_or("")));
    one.note = {table["note_ja"].value_or(std::string()), table["note_en"].value_or(std::string())};
    return one;
}

SupportTable table_of(const toml::table& parsed) {
    SupportTable table;
    table.source = need(parsed, "source");
    const auto seen = parse_day(need(parsed, "seen"));
    if (!seen)
        throw std::invalid_argument("seen is no day");
    table.seen = *seen;
    for (const auto& [name, node] : parsed) {
        if (const toml::table* entry = node.as_table())
            table.entries.push_back(entry_of(*entry));
    }
    return table;
}

} // namespace

const SupportEntry* SupportTable::find(std::uint16_t vendor, std::uint16_t product) const {
    const std::uint32_t wanted = static_cast<std::uint32_t>(vendor) << 16 | product;
    const auto found = std::ranges::find_if(entries, [&](const SupportEntry& one) {
        return std::ranges::find(one.usb, wanted) != one.usb.end();
    });
    return found == entries.end() ? nullptr : &*found;
}

Outcome<SupportTable> parse_support(std::string_view text) {
    std::string why;
    if (text.size() > largest_table) {
        why = "larger than 256 KiB";
    } else if (const auto flaw = screen_toml(text)) {
        why = "line " + std::to_string(flaw->line) + ": " + flaw->text;
    } else {
        try {
            return table_of(toml::parse(text));
        } catch (const std::exception& error) { // toml++'s, or one of ours above
            why = error.what();
        }
    }
    return trouble(
        exit_usage, "support_table_invalid",
        {"リーダーの対応表を読めません（" + why + "）。", "the table of readers cannot be read: " + why}, {});
}

const SupportTable& known_support() {
    static const SupportTable table = parse_support(data::support_toml).value();
    return table;
}

} // namespace kaomon::choose
