#include "drivers/fault/fault.hpp"

#include <algorithm>
#include <charconv>

namespace kaomon::fault {
namespace {

constexpr unsigned longest_delay = 60'000;   // milliseconds: longer than any deadline under test
constexpr unsigned longest_wait = 1'000'000; // APDUs or frames

std::string_view next_word(std::string_view& rest) {
    constexpr std::string_view blanks = " \t\r";
    rest.remove_prefix(std::min(rest.find_first_not_of(blanks), rest.size()));
    const std::string_view found = rest.substr(0, rest.find_first_of(blanks));
    rest.remove_prefix(found.size());
    return found;
}

std::optional<unsigned> number(std::string_view text, int base, unsigned most) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc() || end != text.data() + text.size() || value > most)
        return std::nullopt;
    return value;
}

std::optional<unsigned> argument_of(Verb verb, std::string_view text) {
    if (verb == Verb::slow)
        return number(text, 10, longest_delay);
    return text.size() == 4 ? number(text, 16, 0xFFFF) : number(text, 10, 999);
}

// `light R G B`
bool read_light(std::string_view& line, Rgb& light) {
    for (auto& value : light) {
        const auto level = number(next_word(line), 10, 255);
        if (!level)
            return false;
        value = static_cast<std::uint8_t>(*level);
    }
    return true;
}

} // namespace

Result<Fault> parse_fault(std::string_view line) {
    if (line.size() > longest_line)
        return fail(Reason::parameter_invalid, "fault line of more than 64 bytes");
    line = line.substr(0, line.find('#'));
    const std::string_view verb = next_word(line);
    if (verb.empty())
        return fail(Reason::parameter_invalid, "fault line without a word");

    const auto known = from_word<Verb>(verb);
    if (!known)
        return fail(Reason::parameter_invalid, "unknown word in a fault line");
    Fault fault{.verb = *known, .argument = {}};
    if (fault.verb == Verb::slow || fault.verb == Verb::error) {
        fault.argument = argument_of(fault.verb, next_word(line));
        if (!fault.argument) {
            return fail(Reason::parameter_invalid,
                        fault.verb == Verb::slow
                            ? "slow takes milliseconds, 0 to 60000"
                            : "error takes a status word of four hexadecimal digits or a "
                              "decimal number of one to three");
        }
    }
    if (fault.verb == Verb::ask) {
        const auto what = from_word<Ask>(next_word(line));
        if (!what)
            return fail(Reason::parameter_invalid, "ask takes left, right, up, down, closer, blink or none");
        fault.ask = *what;
    }
    if (fault.verb == Verb::light && !read_light(line, fault.light))
        return fail(Reason::parameter_invalid, "light takes three numbers, 0 to 255");
    std::string_view more = next_word(line);
    if (more == "after") {
        const auto after = number(next_word(line), 10, longest_wait);
        if (!after)
            return fail(Reason::parameter_invalid, "after takes a number of APDUs or frames, 0 to 1000000");
        fault.after = *after;
        more = next_word(line);
    }
    if (!more.empty())
        return fail(Reason::parameter_invalid, "more words than a fault line takes");
    return fault;
}

} // namespace kaomon::fault
