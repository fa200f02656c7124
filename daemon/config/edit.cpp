#include "daemon/config/edit.hpp"

#include "daemon/config/key_name.hpp"
#include "drivers/base/toml_screen.hpp"

#include <toml++/toml.h>

#include <algorithm>

namespace kaomon::config {
namespace {

// Where a position of toml++ (lines and columns from 1, columns in code points) is in the text.
std::size_t offset_of(std::string_view text, toml::source_position at) {
    std::size_t offset = 0;
    for (toml::source_index line = 1; line < at.line; ++line)
        offset = std::min(text.find('\n', offset), text.size() - 1) + 1;
    for (toml::source_index column = 1; column < at.column && offset < text.size(); ++column) {
        ++offset;
        while (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80)
            ++offset;
    }
    return offset;
}

std::size_t after_line(std::string_view text, std::size_t offset) {
    const auto end = text.find('\n', offset);
    return end == std::string_view::npos ? text.size() : end + 1;
}

std::string line_of(const Key& key, std::string_view value) {
    return std::string(key.name).append(" = ").append(value).append("\n");
}

std::string changed(std::string text, const toml::table& parsed, const Key& key, std::string_view value) {
    const toml::table* section = parsed[key.section].as_table();
    if (section == nullptr) {
        if (!text.empty() && !text.ends_with('\n'))
            text += '\n';
        return text.append(text.empty() ? "[" : "\n[").append(key.section).append("]\n") +
               line_of(key, value);
    }
    if (const toml::node* node = section->get(key.name)) {
        const auto begin = offset_of(text, node->source().begin), end = offset_of(text, node->source().end);
        return text.replace(begin, end - begin, value);
    }
    auto at = after_line(text, offset_of(text, section->source().begin));
    if (at == text.size() && !text.ends_with('\n')) {
        text += '\n';
        ++at;
    }
    return text.insert(at, line_of(key, value));
}

} // namespace

kaomon::Result<std::string> with_value(std::string_view toml_text, const Key& key, std::string_view value,
                                       std::string_view name) {
    if (const auto before = parse(toml_text, name); !before)
        return std::unexpected(before.error());
    const auto lines = std::ranges::count(value, '\n');
    if (lines != 0 || screen_toml(line_of(key, value)))
        return fail(Reason::config_invalid, refusal_of(key));
    const toml::table parsed = toml::parse(toml_text, name); // parse() above was content with it
    std::string text = changed(std::string(toml_text), parsed, key, value);
    if (const auto after = parse(text, name); !after)
        return std::unexpected(after.error());
    return text;
}

} // namespace kaomon::config
