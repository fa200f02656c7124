// The file of a population, all of it text:
//
//   kaomon population 1
//   made 2026-11-25
//   source portraits of 412 consenting members of staff
//   model <SHA-256 of the embedder's file>
//   images 412
//   group 212 NAME                    no such line, or lines whose numbers add up to the images
//   mean
//   <128 numbers>
//   covariance
//   <1 number>                        the lower triangle, a line a row: it cannot be asymmetric
//   <2 numbers> ... <128 numbers>
//   check <FNV-1a of every byte before this line, 16 hexadecimal characters>
//
// The check sum finds damage, not forgery: whoever can write the operator's files can choose its thresholds.
#include "daemon/match/population.hpp"
#include "drivers/base/text_file.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>

namespace kaomon::match {
namespace {

constexpr std::size_t largest_file = 256U << 10; // bytes; 110 KiB are usual
constexpr std::size_t most_groups = 64, longest_name = 64, longest_source = 200;
constexpr std::string_view first_line = "kaomon population 1\n";

std::string check_sum(std::string_view text) { // FNV-1a, 64 bit
    std::uint64_t hash = 0xCBF29CE484222325U;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    std::array<std::uint8_t, 8> bytes;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::uint8_t>(hash >> (56 - 8 * i));
    return to_hex(bytes);
}

bool is_line(std::string_view text, std::size_t longest) {
    return text.size() <= longest && std::ranges::none_of(text, [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
           });
}

bool is_date(std::string_view text) {
    return text.size() == 10 && text[4] == '-' && text[7] == '-' &&
           std::ranges::all_of(text, [](char c) { return c == '-' || (c >= '0' && c <= '9'); });
}

bool is_digest(std::string_view text) {
    return text.size() == 64 &&
           std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

template<class T>
bool number(std::string_view text, T& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size();
}

// Line by line; the first thing that is wrong is kept.
class Lines {
  public:
    explicit Lines(std::string_view text) : rest_(text) {}

    // What follows "KEY " on the next line; the whole line for an empty key.
    std::string_view take(std::string_view key) {
        ++line_;
        const auto end = rest_.find('\n');
        std::string_view line = rest_.substr(0, end);
        rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
        if (key.empty())
            return line;
        if (!line.starts_with(key) || line.substr(key.size(), 1) != " ")
            expect(false, "must begin with: " + std::string(key));
        return line.substr(std::min(line.size(), key.size() + 1));
    }
    bool next_is(std::string_view key) const { return rest_.starts_with(key); }
    void numbers(std::span<float> into) {
        std::string_view line = take("");
        for (std::size_t i = 0; i < into.size(); ++i) {
            const auto end = line.find(' ');
            const bool last = end == std::string_view::npos;
            if (last != (i + 1 == into.size()) || !number(line.substr(0, end), into[i]) ||
                !std::isfinite(into[i]))
                return expect(false, "must be " + std::to_string(into.size()) + " finite numbers");
            line.remove_prefix(last ? line.size() : end + 1);
        }
    }
    void expect(bool holds, std::string otherwise) {
        if (!holds && wrong_.empty())
            wrong_ = "line " + std::to_string(line_) + ": " + std::move(otherwise);
    }
    bool at_end() const { return rest_.empty(); }
    const std::string& wrong() const { return wrong_; }

  private:
    std::string_view rest_;
    std::size_t line_ = 0;
    std::string wrong_;
};

void append(std::string& text, std::span<const float> numbers) {
    char digits[32];
    for (const float& value : numbers) {
        const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
        text.append(digits, end);
        text += &value == &numbers.back() ? '\n' : ' ';
    }
}

} // namespace

std::string Population::print() const {
    const Provenance& from = data_->provenance;
    std::string text(first_line);
    text += "made " + from.date + "\nsource " + from.source + "\nmodel " + from.model + "\nimages " +
            std::to_string(from.images) + "\n";
    for (const GroupSize& group : from.groups)
        text += "group " + std::to_string(group.images) + " " + group.name + "\n";
    text += "mean\n";
    append(text, data_->mean);
    text += "covariance\n";
    for (std::size_t row = 0; row < size; ++row)
        append(text, std::span(data_->covariance[row]).first(row + 1));
    return text + "check " + check_sum(text) + "\n";
}

Result<Population> Population::parse(std::string_view text, std::string_view model) {
    const auto refuse = [](std::string why) { return fail(Reason::population_invalid, std::move(why)); };
    if (text.size() > largest_file)
        return refuse("larger than 256 KiB");
    if (!text.starts_with(first_line))
        return refuse("line 1: must be: kaomon population 1");
    const auto last = text.rfind("check ");
    if (last == std::string_view::npos ||
        text.substr(last) != "check " + check_sum(text.substr(0, last)) + "\n")
        return refuse("damaged or cut: the check sum of its last line does not fit");

    auto data = std::make_shared<Data>();
    Provenance& from = data->provenance;
    Lines lines(text.substr(0, last));
    lines.take("");
    from.date = lines.take("made");
    lines.expect(is_date(from.date), "must be a date, YYYY-MM-DD");
    from.source = lines.take("source");
    lines.expect(is_line(from.source, longest_source),
                 "must be at most 200 bytes without control characters");
    from.model = lines.take("model");
    lines.expect(is_digest(from.model), "must be a SHA-256 in lower-case hexadecimal characters");
    lines.expect(number(lines.take("images"), from.images), "must be a whole number");
    std::uint64_t in_groups = 0;
    while (lines.next_is("group ") && from.groups.size() < most_groups) {
        const std::string_view rest = lines.take("group");
        const auto space = std::min(rest.find(' '), rest.size());
        GroupSize group{std::string(rest.substr(std::min(space + 1, rest.size()))), 0};
        lines.expect(number(rest.substr(0, space), group.images) && is_line(group.name, longest_name),
                     "must be a number of images and a name of at most 64 bytes");
        in_groups += group.images;
        from.groups.push_back(std::move(group));
    }
    lines.expect(from.groups.empty() || in_groups == from.images, "the groups do not add up to the images");
    lines.expect(lines.take("") == "mean", "must be: mean");
    lines.numbers(data->mean);
    lines.expect(lines.take("") == "covariance", "must be: covariance");
    for (std::size_t row = 0; row < size && lines.wrong().empty(); ++row) {
        lines.numbers(std::span(data->covariance[row]).first(row + 1));
        for (std::size_t column = 0; column < row; ++column)
            data->covariance[column][row] = data->covariance[row][column];
    }
    lines.expect(lines.at_end(), "must be followed by the check sum");
    if (!lines.wrong().empty())
        return refuse(lines.wrong());
    if (from.model != model)
        return refuse("made with another embedder (" + from.model.substr(0, 12) + "…) than the one in use (" +
                      std::string(model.substr(0, 12)) +
                      "…): make it again with kaomonctl evaluate population");
    if (const auto wrong = what_is_wrong(*data); !wrong.empty())
        return refuse(std::string(wrong));
    return Population(std::move(data));
}

Result<Population> Population::load(const std::filesystem::path& file, std::string_view model) {
    const auto refuse = [&file](std::string_view why) {
        return fail(Reason::population_invalid, file.string() + ": " + std::string(why));
    };
    const auto text = read_text_file(file, largest_file);
    if (!text)
        return refuse(std::strerror(text.error()));
    auto made = parse(*text, model);
    if (!made)
        return refuse(made.error().detail);
    return made;
}

} // namespace kaomon::match
