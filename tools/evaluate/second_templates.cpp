#include "tools/evaluate/second_templates.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <fstream>

namespace kaomon::evaluate {
namespace {

constexpr std::size_t largest_text = 1U << 30; // bytes
constexpr std::size_t most_numbers = 1024;

// The next number of a line, which is shortened by it.
template<class Number>
bool take_number(std::string_view& line, Number& number) {
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), number);
    line.remove_prefix(static_cast<std::size_t>(end - line.data()));
    return error == std::errc{};
}

bool take(std::string_view& line, std::string_view word) {
    const bool there = line.starts_with(word);
    line.remove_prefix(there ? word.size() : 0);
    return there;
}

// Of length 1; empty: not 2 to 1024 numbers of a finite length that is not 0.
SecretVector<float> unit_of(std::string_view numbers) {
    SecretVector<float> unit;
    double squares = 0;
    for (float number = 0; unit.size() < most_numbers && take_number(numbers, number); take(numbers, " ")) {
        unit.push_back(number);
        squares += static_cast<double>(number) * static_cast<double>(number);
    }
    const double length = std::sqrt(squares);
    if (!numbers.empty() || unit.size() < 2 || !std::isnormal(length))
        return {};
    for (float& number : unit)
        number = static_cast<float>(static_cast<double>(number) / length);
    return unit;
}

const char* read_line(std::string_view line, SecondTemplates& made) {
    std::size_t image = 0;
    if (!take_number(line, image) || image == 0 || !take(line, "\t"))
        return "no line of the list and a tab at the start";
    const bool live = take(line, "live\t");
    if (!live && !take(line, "card\t"))
        return "not live or card, and a tab, behind the line of the list";
    auto unit = unit_of(line);
    if (unit.empty())
        return "not 2 to 1024 numbers, separated by single spaces, with a length";
    if (made.size != 0 && unit.size() != made.size)
        return "another count of numbers than in the first line";
    auto& side = live ? made.images[image].live : made.images[image].card;
    if (!side.empty())
        return "this image and side stands on another line, too";
    made.size = unit.size();
    side = std::move(unit);
    return nullptr;
}

void append(SecretVector<float>& to, std::span<const float> row) {
    to.insert(to.end(), row.begin(), row.end());
}

} // namespace

std::expected<SecondTemplates, LineProblem> parse_second_templates(std::string_view text) {
    SecondTemplates made;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.empty() || line.starts_with('#'))
            continue;
        if (const char* wrong = read_line(line, made))
            return std::unexpected(LineProblem{number, wrong});
    }
    return made;
}

Outcome<SecondTemplates> read_second_templates(const std::filesystem::path& file) {
    const auto refuse = [](const std::string& ja, const std::string& en) {
        return trouble(exit_usage, "second_templates_unusable", {ja, en},
                       {"1 行に 1 つ、「一覧の行番号、live か "
                        "card、数値（空白区切り）」をタブで区切って書いてください。",
                        "write one template a line: line of the list, live or card, numbers separated by "
                        "spaces; tabs between the three"});
    };
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error); // no folder and no device has one
    SecretVector<char> text(error || size > largest_text ? 0 : size);
    std::ifstream opened(file, std::ios::binary);
    if (text.empty() || !opened.read(text.data(), static_cast<std::streamsize>(text.size())))
        return refuse(
            "2 つ目のテンプレートのファイルを読めません（空か、1 GiB を超えているか、開けません）。",
            "the file of second templates cannot be read: empty, over 1 GiB, or not to be opened");
    auto made = parse_second_templates({text.data(), text.size()});
    if (!made) {
        const auto& [line, what] = made.error();
        return refuse(fmt::format("2 つ目のテンプレートのファイルの {} 行目が正しくありません。", line),
                      fmt::format("line {} of the second templates: {}", line, what));
    }
    return std::move(*made);
}

TwoEmbedders together(const List& list, const std::vector<Sample>& samples, const SecondTemplates& second,
                      bool card) {
    TwoEmbedders both;
    both.groups = list.groups.size();
    both.by[0].size = face::template_size;
    both.by[1].size = second.size;
    for (const Sample& sample : samples) {
        const Entry& entry = list.entries[sample.entry];
        const auto other = second.images.find(entry.line);
        if (other == second.images.end() || other->second.live.empty() || !sample.live)
            continue;
        if (card && (other->second.card.empty() || !sample.card || !*sample.card))
            continue;
        both.faces.push_back({entry.person, entry.group, entry.hint});
        append(both.by[0].live, sample.live->face.get().unit);
        append(both.by[1].live, other->second.live);
        if (card) {
            append(both.by[0].card, (*sample.card)->face.get().unit);
            append(both.by[1].card, other->second.card);
        }
    }
    return both;
}

} // namespace kaomon::evaluate
