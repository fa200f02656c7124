// Plots as SVG inside a page: told apart without colour, with a title for screen readers. All functions are
// reentrant and return a <figure>; what is not finite is left out.
#pragma once

#include "tools/words/language.hpp"

#include <span>
#include <string>
#include <vector>

namespace kaomon::page {

struct Axis {
    Text name;
    std::string unit; // "ms"; empty: none
};

struct Samples {
    std::string name;
    std::vector<double> values;
};

// One row a name: every value as a dot on a common scale from zero, the middle half as a box, the median as a
// line with its figure. The scale ends at the largest 99th percentile; what lies beyond is counted at the
// edge.
std::string distribution(Language language, const Text& title, const Axis& axis,
                         std::span<const Samples> rows);

struct BarGroup {
    std::string name;           // of a candidate
    std::vector<double> values; // one for each of the series
};
struct Limit {
    double value = 0;
    Text name;
};
// Groups of bars on a common scale from zero; `limit`, where given, is a dashed line with its name.
std::string bars(Language language, const Text& title, const Axis& axis, std::span<const Text> series,
                 std::span<const BarGroup> groups, const Limit* limit = nullptr);

struct Point {
    double x = 0, y = 0;
};
struct Line {
    std::string name;
    std::vector<Point> points; // in the order of x
};
std::string lines(Language language, const Text& title, const Axis& horizontal, const Axis& vertical,
                  std::span<const Line> lines);

} // namespace kaomon::page
