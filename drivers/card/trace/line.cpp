#include "drivers/card/trace/line.hpp"

#include "drivers/card/apdu.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace kaomon::card::trace {
namespace {

constexpr std::uint8_t select = 0xA4;
constexpr std::size_t longest_name = 16; // bytes of an AID, ISO/IEC 7816-4 8.2.1.2

// Takes the text up to the next space, or to the end.
std::string_view word_of(std::string_view& text) {
    const auto end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

template<class Number>
bool number_of(std::string_view word, Number& number, int base = 10) {
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number, base);
    return !word.empty() && error == std::errc{} && end == word.data() + word.size();
}

bool is_hexadecimal(std::string_view word) {
    return word.size() % 2 == 0 &&
           std::ranges::all_of(word, [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'); });
}

bool take_prefix(std::string_view& word, std::string_view prefix) {
    const bool there = word.starts_with(prefix);
    word.remove_prefix(there ? prefix.size() : 0);
    return there;
}

bool take_suffix(std::string_view& word, std::string_view suffix) {
    const bool there = word.ends_with(suffix);
    word.remove_suffix(there ? suffix.size() : 0);
    return there;
}

} // namespace

Line redact(ByteView bytes) {
    Line line;
    const auto command = Command::decode(bytes);
    if (!command)
        return line;
    line.header = {command->cla, command->ins, command->p1, command->p2};
    line.data_bytes = command->data.size();
    line.expected = command->ne;
    if (command->ins == select && command->data.size() <= longest_name) {
        for (const std::uint8_t byte : command->data)
            line.selected += fmt::format("{:02X}", byte);
    }
    return line;
}

std::string print(const Line& line) {
    const auto& h = line.header;
    const std::string end = std::holds_alternative<StatusWord>(line.end)
                                ? fmt::format("{:04X}", std::get<StatusWord>(line.end).value)
                                : std::string(word(std::get<Reason>(line.end)));
    return fmt::format("+{} {}us {:02X}{:02X}{:02X}{:02X} {} {} le={} -> {} {}", line.at.count(),
                       line.took.count(), h[0], h[1], h[2], h[3], line.data_bytes,
                       line.selected.empty() ? "-" : line.selected, line.expected, line.answer_bytes, end);
}

Result<Line> parse(std::string_view text) {
    const auto malformed = fail(Reason::card_data_malformed, "not a line of a card trace");
    if (text.size() > longest_line)
        return malformed;
    Line line;
    std::string_view at = word_of(text), took = word_of(text), header = word_of(text), count = word_of(text),
                     selected = word_of(text), expected = word_of(text), arrow = word_of(text),
                     answer = word_of(text), end = word_of(text);
    std::int64_t at_us = 0, took_us = 0;
    std::uint32_t bytes = 0;
    if (!text.empty() || !take_prefix(at, "+") || !number_of(at, at_us) || at_us < 0 ||
        !take_suffix(took, "us") || !number_of(took, took_us) || took_us < 0 || header.size() != 8 ||
        !is_hexadecimal(header) || !number_of(header, bytes, 16) || !number_of(count, line.data_bytes) ||
        line.data_bytes > 65535 || !take_prefix(expected, "le=") || !number_of(expected, line.expected) ||
        line.expected > 65536 || arrow != "->" || !number_of(answer, line.answer_bytes) ||
        line.answer_bytes > 65536)
        return malformed;
    line.at = Microseconds(at_us);
    line.took = Microseconds(took_us);
    for (std::size_t place = 0; place < 4; ++place)
        line.header[place] = static_cast<std::uint8_t>(bytes >> (24 - 8 * place) & 0xFFU);
    if (selected != "-") {
        if (selected.empty() || !is_hexadecimal(selected) || selected.size() != 2 * line.data_bytes ||
            line.data_bytes > longest_name || line.header[1] != select)
            return malformed;
        line.selected = selected;
    }
    std::uint16_t status = 0;
    if (end.size() == 4 && is_hexadecimal(end) && number_of(end, status, 16)) {
        line.end = StatusWord{status};
    } else if (const auto reason = from_word<Reason>(end)) {
        line.end = *reason;
    } else {
        return malformed;
    }
    return line;
}

} // namespace kaomon::card::trace
