#include "tools/evaluate/det_plot.hpp"

#include "tools/page/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace kaomon::evaluate {
namespace {

// User units; a page is scaled to fit.
constexpr double width = 720, left = 80, right = 700, top = 14, bottom = 354;
constexpr std::array<const char*, 5> colours{"#0b5394", "#b45309", "#2f6f3e", "#7b2d8b", "#444c56"};
constexpr std::array<const char*, 5> dashes{"none", "7 4", "2 3", "10 3 2 3", "4 2"};

struct LogScale {
    int lowest, highest; // powers of ten
    double from, to;
    double at(double value) const {
        const double power = std::clamp(std::log10(std::max(value, 1e-12)), static_cast<double>(lowest),
                                        static_cast<double>(highest));
        return from + (to - from) * (power - lowest) / (highest - lowest);
    }
};

std::string label(int power) {
    return power >= -2 ? fmt::format("{:g} %", std::pow(10, power + 2)) : fmt::format("1e{}", power);
}

std::string text(double x, double y, const char* anchor, std::string_view words) {
    return fmt::format(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="{}" font-size="12">{}</text>)", x, y,
                       anchor, page::escape(words));
}

std::string line(double x1, double y1, double x2, double y2) {
    return fmt::format(R"(<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke="#c8ced4"/>)", x1, y1,
                       x2, y2);
}

} // namespace

std::string det_plot(Language language, const Text& title, std::span<const NamedCurve> curves) {
    const LogScale x{-6, 0, left, right}, y{-4, 0, bottom, top};
    std::string drawn;
    for (int power = x.lowest; power <= x.highest; ++power) {
        const double place = x.at(std::pow(10, power));
        drawn += line(place, top, place, bottom) + text(place, bottom + 16, "middle", label(power));
    }
    for (int power = y.lowest; power <= y.highest; ++power) {
        const double place = y.at(std::pow(10, power));
        drawn += line(left, place, right, place) + text(left - 8, place + 4, "end", label(power));
    }
    double legend = bottom + 58;
    for (std::size_t i = 0; i < curves.size(); ++i) {
        std::string path;
        for (const Point& point : curves[i].curve->points)
            path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : " L", x.at(point.x), y.at(point.y));
        const std::string pen =
            fmt::format(R"(fill="none" stroke="{}" stroke-width="2.2" stroke-dasharray="{}")",
                        colours[i % colours.size()], dashes[(i + i / dashes.size()) % dashes.size()]);
        drawn += fmt::format(R"(<path d="{}" {}/><path d="M{:.0f} {:.0f} h36" {}/>)", path, pen, left, legend,
                             pen);
        drawn += text(left + 44, legend + 4, "start", curves[i].name);
        legend += 20;
    }
    drawn += text((left + right) / 2, bottom + 36, "middle",
                  say(language, "他人受入率（FMR）", "false match rate (FMR)"));
    drawn +=
        fmt::format(R"svg(<g transform="translate(16 {:.0f}) rotate(-90)">{}</g>)svg", (top + bottom) / 2,
                    text(0, 0, "middle", say(language, "本人拒否率（FNMR）", "false non-match rate (FNMR)")));
    const std::string name = page::escape(say(language, title));
    return fmt::format(
        "<figure><figcaption>{0}</figcaption>\n<svg viewBox=\"0 0 {1:.0f} {2:.0f}\" role=\"img\" "
        "aria-label=\"{0}\">{3}</svg></figure>\n",
        name, width, legend, drawn);
}

} // namespace kaomon::evaluate
