#include "daemon/metrics/page.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace kaomon::metrics {
namespace {

void append_escaped(std::string& out, std::string_view value) {
    for (const char one : value) {
        if (one == '\\' || one == '"')
            out += '\\';
        out += one == '\n' ? std::string_view("\\n") : std::string_view(&one, 1);
    }
}

void append_label(std::string& out, bool& first, const std::pair<std::string, std::string>& label) {
    out += first ? '{' : ',';
    first = false;
    out.append(label.first).append("=\"");
    append_escaped(out, label.second);
    out += '"';
}

} // namespace

std::string number(double value) {
    std::array<char, 32> digits{};
    constexpr double largest_whole = 9.0e15; // all whole numbers up to there are doubles
    const bool whole = std::abs(value) < largest_whole && value == std::floor(value);
    const auto end = whole ? std::to_chars(digits.begin(), digits.end(), static_cast<std::int64_t>(value)).ptr
                           : std::to_chars(digits.begin(), digits.end(), value).ptr;
    return {digits.data(), end};
}

void Page::family(std::string_view name, std::string_view kind, std::string_view help) {
    text_.append("# HELP ").append(name).append(" ").append(help).append("\n");
    text_.append("# TYPE ").append(name).append(" ").append(kind).append("\n");
}

void Page::series(std::string_view name, const Labels& labels, double value) {
    text_ += name;
    bool first = true;
    for (const auto& label : everywhere_)
        append_label(text_, first, label);
    for (const auto& label : labels)
        append_label(text_, first, label);
    if (!first)
        text_ += '}';
    text_.append(" ").append(number(value)).append("\n");
}

void Page::gauge(std::string_view name, std::string_view help, double value) {
    family(name, "gauge", help);
    series(name, {}, value);
}

void Page::counter(std::string_view name, std::string_view help, double value) {
    family(name, "counter", help);
    series(name, {}, value);
}

} // namespace kaomon::metrics
