#include "daemon/config/screen.hpp"

namespace kaomon::config {
namespace {

constexpr int max_depth = 8; // of brackets

bool begins_a_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '"' || c == '\'';
}

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

// Outside of quotes and comments: names, numbers, lists and tables. No colon, hence no times, which no key
// takes.
bool is_in_use(char c) {
    return begins_a_name(c) || is_blank(c) || std::string_view("=.,+[]").find(c) != std::string_view::npos;
}

// The line less a carriage return at its end.
std::string_view trimmed(std::string_view line) {
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

// Where the string that begins at `at` ends (past its quote), or npos.
std::size_t end_of_string(std::string_view line, std::size_t at) {
    const char quote = line[at];
    for (std::size_t i = at + 1; i < line.size(); ++i) {
        if (quote == '"' && line[i] == '\\')
            ++i;
        else if (line[i] == quote)
            return i + 1;
    }
    return std::string_view::npos;
}

// A string has punctuation, or nothing, on either side.
bool stands_free(std::string_view line, std::size_t begin, std::size_t end) {
    const auto before = line.substr(0, begin).find_last_not_of(" \t");
    const auto after = line.find_first_not_of(" \t", end);
    return (before == line.npos || std::string_view("=.,[").find(line[before]) != std::string_view::npos) &&
           (after == line.npos || std::string_view("=.,]#").find(line[after]) != std::string_view::npos);
}

// [name and [[name, with blanks anywhere between.
bool is_header(std::string_view line) {
    std::size_t at = line.find('[') + 1;
    if (at < line.size() && line[at] == '[')
        ++at;
    while (at < line.size() && is_blank(line[at]))
        ++at;
    return at < line.size() && begins_a_name(line[at]);
}

// What is wrong with this line; `depth` is that of open brackets before and after it.
const char* flaw_in(std::string_view line, int& depth) {
    const auto first = line.find_first_not_of(" \t");
    if (depth == 0 && first != line.npos && line[first] == '[' && !is_header(line))
        return "a section without a name";
    for (std::size_t at = 0; at < line.size();) {
        const char c = line[at];
        if (c == '#')
            return nullptr;
        if (c == '"' || c == '\'') {
            if (line.substr(at, 3) == std::string(3, c))
                return "a multi-line string";
            const std::size_t end = end_of_string(line, at);
            if (end == line.npos)
                return "a string without its end";
            if (!stands_free(line, at, end))
                return "a quote in the middle of something";
            at = end;
            continue;
        }
        if (!is_in_use(c))
            return "a character that belongs into quotes";
        if (c == '[')
            ++depth;
        if (c == ']')
            --depth;
        if (depth < 0)
            return "a closing bracket too many";
        if (depth > max_depth)
            return "brackets nested too deep";
        ++at;
    }
    return nullptr;
}

} // namespace

std::optional<Flaw> screen(std::string_view toml) {
    int depth = 0;
    std::uint32_t number = 1;
    for (;; ++number) {
        const auto end = toml.find('\n');
        if (const char* flaw = flaw_in(trimmed(toml.substr(0, end)), depth))
            return Flaw{number, flaw};
        if (end == toml.npos)
            break;
        toml.remove_prefix(end + 1);
    }
    if (depth != 0)
        return Flaw{number, "a bracket that is not closed"};
    return std::nullopt;
}

} // namespace kaomon::config
