#include "drivers/card/simulated/toml_guard.hpp"

#include <algorithm>

namespace kaomon::card::simulated {
namespace {

bool begins_a_key(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '"' || c == '\'';
}

bool beyond_ascii(char c) {
    return static_cast<unsigned char>(c) >= 0x80;
}

// `text` starts with a quote: the size of the string; 0 when it has an escape that must not reach the parser.
std::size_t string_size(std::string_view text) {
    const char quote = text[0];
    const bool long_one = text.size() > 2 && text[1] == quote && text[2] == quote;
    const std::string_view closing = text.substr(0, long_one ? 3 : 1);
    std::size_t at = closing.size();
    while (at < text.size() && !text.substr(at).starts_with(closing) && (long_one || text[at] != '\n')) {
        const bool escape = text[at] == '\\' && quote == '"';
        if (escape && at + 1 < text.size() && (text[at + 1] <= ' ' || beyond_ascii(text[at + 1])))
            return 0;
        at += escape ? 2 : 1;
    }
    at = std::min(at + closing.size(), text.size());
    for (int more = 0; long_one && more < 2 && at < text.size() && text[at] == quote; ++more)
        ++at; // quotes at its end
    return at;
}

// `text` starts with the bracket that opens a line.
bool header_has_a_name(std::string_view text) {
    auto name = text.find_first_not_of(" \t", 1);
    if (name != text.npos && text[name] == '[')
        name = text.find_first_not_of(" \t", name + 1);
    return name != text.npos &&
           (begins_a_key(text[name]) || text[name] == ']'); // [] is an error it finds by itself
}

} // namespace

bool toml_is_safe(std::string_view toml) noexcept {
    bool line_is_blank = true;
    char last = '\n'; // visible character outside of comments
    for (std::size_t at = 0; at < toml.size();) {
        const char c = toml[at];
        if (beyond_ascii(c))
            return false;
        if (c == '#') {
            at = std::min(toml.find('\n', at), toml.size());
            continue;
        }
        const bool quote = c == '"' || c == '\'';
        if (quote && at > 0 && !std::string_view(" \t\r\n=[,{.").contains(toml[at - 1]))
            return false;
        if (c == '[' && line_is_blank && !header_has_a_name(toml.substr(at)))
            return false;
        if (c == '}' && (last == '[' || last == ','))
            return false;
        if (c > ' ')
            last = c;
        line_is_blank = c == '\n' || (line_is_blank && c <= ' ');
        const std::size_t size = quote ? string_size(toml.substr(at)) : 1;
        if (size == 0)
            return false;
        at += size;
    }
    return true;
}

} // namespace kaomon::card::simulated
