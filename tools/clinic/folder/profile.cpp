#include "tools/clinic/folder/profile.hpp"

#include "drivers/base/toml_screen.hpp"
#include "drivers/base/toml_text.hpp"
#include "tools/clinic/folder/official_reader.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>

namespace kaomon::clinic {
namespace {

constexpr std::size_t longest_value = 200; // bytes: a line of a form

const Field* find(std::string_view key) {
    const auto found = std::ranges::find(fields(), key, &Field::key);
    return found == fields().end() ? nullptr : &*found;
}

bool possible(std::string_view key, const std::string& value) {
    if (value.empty())
        return true;
    if (key == "kind")
        return from_word<InstitutionKind>(value).has_value();
    if (key == "open")
        return parse_month(value).has_value();
    if (key == "reader.generation")
        return from_word<ReaderGeneration>(value).has_value();
    if (key == "reader.phones")
        return from_word<PhoneReading>(value).has_value();
    if (key == "order.wanted_by" || key == "reader.maintenance_until")
        return parse_day(value).has_value();
    if (key == "desk.count")
        return value.size() <= 2 && value != "0" && value != "00" &&
               std::ranges::all_of(value, [](char digit) { return digit >= '0' && digit <= '9'; });
    return value.size() <= longest_value && std::ranges::none_of(value, [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
           });
}

Trouble invalid(const std::string& ja, const std::string& en) {
    return {exit_usage,
            "profile_invalid",
            {"clinic.toml を読めません: " + ja, "clinic.toml cannot be read: " + en},
            {"その行を直してください。", "mend that line"}};
}

// "contact.person" as {"contact", "person"}; of the top level {"", "name"}.
std::pair<std::string_view, std::string_view> split(std::string_view key) {
    const auto dot = key.find('.');
    return dot == key.npos ? std::pair(std::string_view(), key)
                           : std::pair(key.substr(0, dot), key.substr(dot + 1));
}

std::optional<Trouble> take(Profile& profile, const std::string& key, const toml::node& node) {
    std::string value;
    if (const auto text = node.value_exact<std::string>()) {
        value = *text;
    } else if (const auto number = node.value_exact<std::int64_t>()) {
        value = std::to_string(*number);
    } else {
        return invalid(key + " は \"…\" の形で書いてください", key + " must be a text in quotes");
    }
    auto set = profile.set(key, value);
    return set ? std::nullopt : std::optional(invalid(set.error().what.ja, set.error().what.en));
}

} // namespace

const std::string& Profile::operator[](std::string_view key) const {
    static const std::string nothing;
    const auto found = values_.find(key);
    return found == values_.end() ? nothing : found->second;
}

Outcome<void> Profile::set(std::string_view key, std::string value) {
    const Field* field = find(key);
    if (key == "kind") {
        if (const auto kind = read_kind(value))
            value = word(*kind);
    } else if (key == "open") {
        if (const auto month = read_month(value))
            value = iso(*month);
    } else if (key == "reader.generation") {
        if (const auto generation = read_generation(value))
            value = word(*generation);
    } else if (key == "reader.phones") {
        if (const auto phones = read_phones(value))
            value = word(*phones);
    }
    if (field == nullptr) {
        std::string known;
        for (const Field& one : fields())
            known += (known.empty() ? "" : ", ") + std::string(one.key);
        return trouble(exit_usage, "unknown_key",
                       {"「" + std::string(key) + "」という項目はありません。",
                        "there is no item '" + std::string(key) + "'"},
                       {"ある項目: " + known, "the items are: " + known});
    }
    if (!possible(key, value))
        return trouble(exit_usage, "impossible_value",
                       {field->name.ja + "（" + std::string(key) + "）に「" + value + "」は書けません。",
                        std::string(key) + " cannot be '" + value + "'"},
                       {field->hint.ja, field->hint.en});
    if (value.empty())
        values_.erase(std::string(key));
    else
        values_[std::string(key)] = std::move(value);
    return {};
}

Outcome<Profile> parse_profile(std::string_view text) {
    if (const auto flaw = screen_toml(text))
        return std::unexpected(
            invalid(fmt::format("{}行目", flaw->line), fmt::format("line {}: {}", flaw->line, flaw->text)));
    Profile profile;
    try {
        const toml::table parsed = toml::parse(text);
        for (const auto& [name, node] : parsed) {
            const std::string key(name.str());
            if (const toml::table* section = node.as_table(); section != nullptr) {
                for (const auto& [inner, value] : *section) {
                    if (auto flaw = take(profile, key + "." + std::string(inner.str()), value))
                        return std::unexpected(*flaw);
                }
            } else if (auto flaw = take(profile, key, node)) {
                return std::unexpected(*flaw);
            }
        }
    } catch (const toml::parse_error& error) {
        const auto line = error.source().begin.line;
        return std::unexpected(
            invalid(fmt::format("{}行目", line), fmt::format("line {}: {}", line, error.description())));
    }
    return profile;
}

std::string print_profile(const Profile& profile) {
    std::string text = "# この医療機関の情報です。kaomon-clinic "
                       "が使います。手で直してかまいません。患者の情報や暗証番号は書かないでください。\n";
    std::string_view section;
    for (const Field& field : fields()) {
        const auto [of, key] = split(field.key);
        if (of != section)
            text += fmt::format("\n[{}]\n", of);
        section = of;
        text += "# " + field.name.ja + (field.hint.ja.empty() ? "" : "。" + field.hint.ja) + "\n";
        text += std::string(key) + " = " + toml_text(profile[field.key]) + "\n";
    }
    return text;
}

Outcome<Profile> read_profile(Folder& folder) {
    auto read = folder.read<Profile>(profile_file, parse_profile);
    if (!read)
        return std::unexpected(read.error());
    return read->value_or(Profile{});
}

} // namespace kaomon::clinic
