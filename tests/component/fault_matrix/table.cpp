#include "tests/component/fault_matrix/table.hpp"

#include <algorithm>
#include <cstdio>
#include <vector>

namespace kaomon::test {
namespace {

std::string seconds_of(double seconds) {
    char text[16];
    std::snprintf(text, sizeof text, "%.1f", seconds);
    return text;
}

std::string word_of(const Cell& cell) {
    return (cell.outcome == "verified" ? "ok" : cell.outcome) + " " + seconds_of(cell.seconds) +
           (cell.wrong.empty() ? "" : "!");
}

std::string summary(std::span<const Cell> cells) {
    const auto wrong = std::ranges::count_if(cells, [](const Cell& cell) { return !cell.wrong.empty(); });
    const auto slowest = std::ranges::max_element(cells, {}, &Cell::seconds);
    std::string text = std::to_string(cells.size()) + " cells, " + std::to_string(wrong) + " wrong";
    if (slowest != cells.end())
        text += ", slowest " + seconds_of(slowest->seconds) + " s (" + std::string(slowest->fault) + " in " +
                std::string(slowest->stage) + ")";
    return text + "\n";
}

} // namespace

std::string print(std::span<const Cell> cells) {
    std::vector<std::vector<std::string>> lines{{"fault"}};
    for (const Stage& stage : stages())
        lines[0].emplace_back(stage.name);
    for (const Fault& fault : faults()) {
        std::vector<std::string> line{std::string(fault.name)};
        for (const Stage& stage : stages()) {
            const auto cell = std::ranges::find_if(
                cells, [&](const Cell& one) { return one.fault == fault.name && one.stage == stage.name; });
            line.push_back(cell == cells.end() ? "-" : word_of(*cell));
        }
        if (std::ranges::count(line, "-") < static_cast<std::ptrdiff_t>(stages().size()))
            lines.push_back(std::move(line));
    }
    std::vector<std::size_t> widths(lines[0].size());
    for (const auto& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i)
            widths[i] = std::max(widths[i], line[i].size());
    }
    std::string text;
    for (const auto& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i)
            text += line[i] + (i + 1 < line.size() ? std::string(widths[i] + 2 - line[i].size(), ' ') : "\n");
    }
    for (const Cell& cell : cells) {
        for (const auto& what : cell.wrong)
            text += "wrong: " + std::string(cell.fault) + " in " + std::string(cell.stage) + ": " +
                    cell.outcome + ": " + what + "\n";
    }
    return text + summary(cells);
}

} // namespace kaomon::test
