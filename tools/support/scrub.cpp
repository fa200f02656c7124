#include "tools/support/scrub.hpp"

#include <algorithm>

namespace kaomon::support {
namespace {

constexpr std::string_view taken_out = "[…]";
constexpr std::size_t longest_number = 9, longest_word = 39, longest_group = 4;

bool is_digit(char one) {
    return one >= '0' && one <= '9';
}
bool is_word(char one) {
    return is_digit(one) || (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || one == '+' ||
           one == '/' || one == '=' || one == '_' || one == '-' || one == '.';
}
bool is_ascii(char one) {
    return static_cast<unsigned char>(one) < 0x80;
}

// Where the number that begins here ends, in groups that a space or a hyphen parts; empty: it is a short one.
std::size_t long_number(std::string_view rest) {
    std::size_t end = 0, digits = 0, group = 0;
    for (std::size_t at = 0; at < rest.size(); ++at) {
        if (is_digit(rest[at])) {
            ++digits;
            ++group;
            end = at + 1;
        } else if ((rest[at] == ' ' || rest[at] == '-') && group >= 3 && group <= longest_group) {
            group = 0;
        } else {
            break;
        }
    }
    return digits > longest_number ? end : 0;
}

// "path/to.file-name": what has no run of 40 without a mark between is no picture and no result.
std::size_t long_word(std::string_view rest) {
    const auto end = static_cast<std::size_t>(std::ranges::find_if_not(rest, is_word) - rest.begin());
    const std::string_view word = rest.substr(0, end);
    std::size_t run = 0, longest = 0;
    for (const char one : word) {
        run = one == '/' || one == '.' ? 0 : run + 1;
        longest = std::max(longest, run);
    }
    const bool has_upper = std::ranges::any_of(word, [](char one) { return one >= 'A' && one <= 'Z'; });
    return longest > longest_word || (has_upper && word.size() > 2 * longest_word) ? end : 0;
}

} // namespace

std::string scrubbed(std::string_view text) {
    std::string clean;
    bool within = false; // a word
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view rest = text.substr(at);
        std::size_t gone = 0;
        if (!is_ascii(rest.front()))
            gone = static_cast<std::size_t>(std::ranges::find_if(rest, is_ascii) - rest.begin());
        else if (is_digit(rest.front()))
            gone = long_number(rest);
        if (gone == 0 && !within && is_word(rest.front()))
            gone = long_word(rest);
        if (gone != 0) {
            clean += taken_out;
            at += gone;
            within = false;
            continue;
        }
        within = is_word(rest.front());
        clean += rest.front();
        ++at;
    }
    return clean;
}

} // namespace kaomon::support
