#include "tools/page/plot.hpp"

#include "tools/page/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace kaomon::page {
namespace {

constexpr double left = 130, right = 690, width = 720; // user units; a page is scaled to fit
constexpr std::array<const char*, 5> colours{"#0b5394", "#b45309", "#2f6f3e", "#7b2d8b", "#444c56"};
constexpr std::array<const char*, 5> dashes{"none", "7 4", "2 3", "10 3 2 3", "4 2"};

std::string number(double value) {
    if (value == 0)
        return "0";
    const double size = std::abs(value);
    return size >= 100  ? fmt::format("{:.0f}", value)
           : size >= 10 ? fmt::format("{:.3g}", value)
                        : fmt::format("{:.2g}", value);
}

std::string text(double x, double y, std::string_view anchor, std::string_view words, int size = 13) {
    return fmt::format(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="{}" font-size="{}">{}</text>)", x, y,
                       anchor, size, escape(words));
}

std::string line(double x1, double y1, double x2, double y2, std::string_view style) {
    return fmt::format(R"(<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" {}/>)", x1, y1, x2, y2,
                       style);
}

constexpr const char* grid = R"(stroke="#c8ced4" stroke-width="1")";
constexpr const char* ink = R"(stroke="#1b1f24" stroke-width="2")";

std::string figure(Language language, const Text& title, double height, const std::string& inner) {
    const std::string name = escape(say(language, title));
    return "<figure><figcaption>" + name + "</figcaption>\n" +
           fmt::format(R"(<svg viewBox="0 0 {:.0f} {:.0f}" role="img" aria-label="{}">)", width, height,
                       name) +
           inner + "</svg></figure>\n";
}

std::string axis_name(Language language, const Axis& axis) {
    return say(language, axis.name) + (axis.unit.empty() ? "" : " [" + axis.unit + "]");
}

// A round step that cuts [0, end] into four to eight.
double step_for(double end) {
    const double raw = end / 6;
    const double power = std::pow(10, std::floor(std::log10(raw)));
    for (const double step : {1.0, 2.0, 5.0}) {
        if (step * power >= raw)
            return step * power;
    }
    return 10 * power;
}

struct Scale {
    double end = 1, from = left, to = right;
    double at(double value) const { return from + (to - from) * std::clamp(value / end, 0.0, 1.0); }
};

// To a round end, never nothing.
double round_end(double largest) {
    if (!(largest > 0))
        return 1;
    const double step = step_for(largest);
    return std::ceil(largest / step - 1e-9) * step;
}

std::vector<double> sorted(const std::vector<double>& values) {
    std::vector<double> finite;
    std::ranges::copy_if(values, std::back_inserter(finite),
                         [](double value) { return std::isfinite(value); });
    std::ranges::sort(finite);
    return finite;
}

double quantile(const std::vector<double>& ordered, double share) {
    const double place = share * static_cast<double>(ordered.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, ordered.size() - 1);
    return ordered[below] + (ordered[above] - ordered[below]) * (place - static_cast<double>(below));
}

// Where the lines of a grid lie, the end among them.
std::vector<double> grid_values(double end) {
    const double step = step_for(end);
    std::vector<double> values;
    for (int i = 0; i * step <= end * 1.0001; ++i)
        values.push_back(i * step);
    return values;
}

std::string vertical_grid(const Scale& scale, double top, double bottom) {
    std::string drawn;
    for (const double value : grid_values(scale.end)) {
        drawn += line(scale.at(value), top, scale.at(value), bottom, grid);
        drawn += text(scale.at(value), bottom + 16, "middle", number(value), 12);
    }
    return drawn;
}

std::string short_name(const std::string& name) {
    // Cut by characters of UTF-8, so that none is cut in two.
    std::size_t bytes = 0, wide = 0;
    while (bytes < name.size() && wide < 16) {
        const auto lead = static_cast<unsigned char>(name[bytes]);
        const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        wide += size > 2 ? 2 : 1;
        bytes += size;
    }
    return bytes < name.size() ? name.substr(0, bytes) + "…" : name;
}

} // namespace

std::string distribution(Language language, const Text& title, const Axis& axis,
                         std::span<const Samples> rows) {
    constexpr double row_height = 46, top = 8;
    double largest = 0;
    for (const Samples& row : rows) {
        if (const auto ordered = sorted(row.values); !ordered.empty())
            largest = std::max(largest, quantile(ordered, 0.99));
    }
    const Scale scale{.end = round_end(largest)};
    const double bottom = top + row_height * static_cast<double>(rows.size());
    std::string drawn = vertical_grid(scale, top, bottom);
    double y = top + row_height / 2;
    for (const Samples& row : rows) {
        drawn += text(left - 10, y + 5, "end", short_name(row.name));
        const auto ordered = sorted(row.values);
        if (ordered.empty()) {
            drawn += text(left + 8, y + 5, "start", say(language, "値なし", "no values"));
            y += row_height;
            continue;
        }
        const double low = scale.at(quantile(ordered, 0.25)), middle = scale.at(quantile(ordered, 0.5)),
                     high = scale.at(quantile(ordered, 0.75));
        std::size_t beyond = 0, drawn_dots = 0;
        const std::size_t every = 1 + ordered.size() / 400; // a page stays small
        for (std::size_t at = 0; at < ordered.size(); ++at) {
            if (ordered[at] > scale.end)
                ++beyond;
            else if (at % every == 0)
                drawn += fmt::format(
                    R"(<circle cx="{:.1f}" cy="{:.1f}" r="2.2" fill="#0b5394" fill-opacity="0.45"/>)",
                    scale.at(ordered[at]), y - 8 + static_cast<double>(drawn_dots++ % 5) * 4);
        }
        drawn += fmt::format(
            R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="22" fill="none" stroke="#1b1f24" stroke-width="1.5"/>)",
            low, y - 11, std::max(high - low, 1.0));
        drawn += line(middle, y - 14, middle, y + 14, ink);
        drawn += text(std::min(middle + 5, right - 30), y - 14, "start", number(quantile(ordered, 0.5)), 12);
        if (beyond > 0)
            drawn += text(right + 4, y + 5, "start", "+" + std::to_string(beyond), 12);
        y += row_height;
    }
    drawn += text((left + right) / 2, bottom + 36, "middle", axis_name(language, axis));
    return figure(language, title, bottom + 44, drawn);
}

std::string bars(Language language, const Text& title, const Axis& axis, std::span<const Text> series,
                 std::span<const BarGroup> groups, const Limit* limit) {
    constexpr double bar = 16, gap = 14, top = 8;
    double largest = limit == nullptr ? 0 : limit->value;
    for (const BarGroup& group : groups) {
        for (const double value : group.values) {
            if (std::isfinite(value))
                largest = std::max(largest, value);
        }
    }
    const Scale scale{.end = round_end(largest), .to = right - 40};
    const double group_height = bar * static_cast<double>(series.size()) + gap;
    const double bottom = top + group_height * static_cast<double>(groups.size());
    std::string drawn = vertical_grid(scale, top, bottom);
    double y = top + gap / 2;
    for (const BarGroup& group : groups) {
        drawn += text(left - 10, y + (group_height - gap) / 2 + 5, "end", short_name(group.name));
        for (std::size_t at = 0; at < series.size(); ++at) {
            const double upper = y;
            y += bar;
            const double value = at < group.values.size() ? group.values[at] : NAN;
            if (!std::isfinite(value)) {
                drawn += text(left + 4, upper + 12, "start", "―", 12);
                continue;
            }
            drawn += fmt::format(
                R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.0f}" fill="{}" fill-opacity="{}"/>)",
                left, upper + 1, std::max(scale.at(value) - left, 1.0), bar - 2, colours[at % colours.size()],
                at % 2 == 0 ? "1" : "0.6");
            drawn += text(scale.at(value) + 4, upper + 12, "start", number(value), 11);
        }
        y += gap;
    }
    if (limit != nullptr) {
        drawn += line(scale.at(limit->value), top, scale.at(limit->value), bottom,
                      R"(stroke="#a1121f" stroke-width="2" stroke-dasharray="6 4")");
        drawn += text(scale.at(limit->value) + 4, bottom + 30, "middle", say(language, limit->name), 12);
    }
    double legend = left;
    for (std::size_t at = 0; at < series.size(); ++at) {
        drawn +=
            fmt::format(R"(<rect x="{:.1f}" y="{:.1f}" width="12" height="12" fill="{}" fill-opacity="{}"/>)",
                        legend, bottom + 40, colours[at % colours.size()], at % 2 == 0 ? "1" : "0.6");
        drawn += text(legend + 17, bottom + 51, "start", say(language, series[at]), 12);
        legend += 150;
    }
    drawn += text(width / 2, bottom + 72, "middle", axis_name(language, axis));
    return figure(language, title, bottom + 80, drawn);
}

std::string lines(Language language, const Text& title, const Axis& horizontal, const Axis& vertical,
                  std::span<const Line> all) {
    constexpr double top = 12, bottom = 270;
    double x_end = 0, y_end = 0;
    for (const Line& one : all) {
        for (const Point& point : one.points) {
            if (std::isfinite(point.x) && std::isfinite(point.y)) {
                x_end = std::max(x_end, point.x);
                y_end = std::max(y_end, point.y);
            }
        }
    }
    const Scale x{.end = round_end(x_end)};
    const Scale y{.end = round_end(y_end), .from = bottom, .to = top};
    std::string drawn = vertical_grid(x, top, bottom);
    for (const double value : grid_values(y.end)) {
        drawn += line(left, y.at(value), right, y.at(value), grid);
        drawn += text(left - 8, y.at(value) + 4, "end", number(value), 12);
    }
    double legend = bottom + 58;
    for (std::size_t at = 0; at < all.size(); ++at) {
        std::string path;
        for (const Point& point : all[at].points) {
            if (std::isfinite(point.x) && std::isfinite(point.y))
                path +=
                    fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : " L", x.at(point.x), y.at(point.y));
        }
        const std::string pen =
            fmt::format(R"(fill="none" stroke="{}" stroke-width="2.2" stroke-dasharray="{}")",
                        colours[at % colours.size()], dashes[at % dashes.size()]);
        drawn += "<path d=\"" + path + "\" " + pen + "/>";
        drawn += line(left, legend, left + 36, legend, pen);
        drawn += text(left + 44, legend + 4, "start", all[at].name, 12);
        legend += 20;
    }
    drawn += text((left + right) / 2, bottom + 36, "middle", axis_name(language, horizontal));
    drawn += text(8, top + 4, "start", axis_name(language, vertical), 12);
    return figure(language, title, legend, drawn);
}

} // namespace kaomon::page
