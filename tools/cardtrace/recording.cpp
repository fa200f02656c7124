#include "tools/cardtrace/recording.hpp"

#include <algorithm>
#include <charconv>

namespace kaomon::cardtrace {
namespace {

constexpr std::string_view heading = "# kaomon card trace 1, "; // and the day; the next line names the reader
constexpr std::string_view reader_heading = "# reader: ";
constexpr std::string_view card_heading = "# simulated card: "; // kind and seed
constexpr std::string_view seed_heading = ", seed ";
constexpr std::string_view reading_heading = "# reading: ";

// Lines that may follow the two first. False: none of them.
bool take_heading(Recording& recording, std::string_view line) {
    if (line.starts_with(reading_heading)) {
        recording.reading = line.substr(reading_heading.size());
        return true;
    }
    const auto at = line.find(seed_heading);
    if (!line.starts_with(card_heading) || at == std::string_view::npos)
        return false;
    recording.kind = line.substr(card_heading.size(), at - card_heading.size());
    const auto digits = line.substr(at + seed_heading.size());
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), recording.seed);
    return error == std::errc() && end == digits.data() + digits.size();
}

std::unexpected<Trouble> invalid(std::size_t number) {
    return trouble(exit_usage, "recording_invalid",
                   {"カードの記録の" + std::to_string(number) + "行目を読めません。",
                    "line " + std::to_string(number) + " of the card trace cannot be read"},
                   {"kaomonctl card trace --record で作ったファイルを指定してください。",
                    "name a file made by kaomonctl card trace --record"});
}

} // namespace

std::string print(const Recording& recording) {
    std::string text = std::string(heading) + iso(recording.on) + "\n" + std::string(reader_heading) +
                       recording.reader + "\n";
    if (!recording.kind.empty())
        text += std::string(card_heading) + recording.kind + std::string(seed_heading) +
                std::to_string(recording.seed) + "\n";
    if (!recording.reading.empty())
        text += std::string(reading_heading) + recording.reading + "\n";
    for (const auto& line : recording.lines)
        text += card::trace::print(line) + "\n";
    return text;
}

Outcome<Recording> parse(std::string_view text) {
    if (text.size() > largest_recording)
        return invalid(1);
    Recording recording;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (number == 1) {
            const auto day =
                line.starts_with(heading) ? parse_day(line.substr(heading.size())) : std::nullopt;
            if (!day)
                return invalid(number);
            recording.on = *day;
        } else if (number == 2) {
            if (!line.starts_with(reader_heading) || line.size() > card::trace::longest_line)
                return invalid(number);
            recording.reader = line.substr(reader_heading.size());
        } else if (recording.lines.empty() && line.size() <= card::trace::longest_line &&
                   take_heading(recording, line)) {
            continue;
        } else if (const auto read = card::trace::parse(line)) {
            recording.lines.push_back(*read);
        } else {
            return invalid(number);
        }
    }
    if (recording.on == Date{})
        return invalid(1);
    return recording;
}

} // namespace kaomon::cardtrace
