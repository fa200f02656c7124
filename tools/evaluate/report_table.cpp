#include "tools/evaluate/report_table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kaomon::evaluate {
namespace {

std::string sides(const Comparisons& one) {
    return fmt::format("{}, {} score", one.card ? "card x live" : "live x live", match::word(one.kind));
}

std::string group_name(const std::string& name) {
    return name.empty() ? "(no group)" : name;
}

Table acquisition(const Report& report) {
    Table table{"failure to acquire", {"side", "images", "failures", "rate", "reasons"}, {}};
    const auto add = [&](const char* name, const Acquisition& side) {
        std::string reasons;
        for (const auto& [reason, count] : side.failures)
            reasons += fmt::format("{}{} {}", reasons.empty() ? "" : ", ", reason, count);
        const auto n = static_cast<double>(std::max<std::uint64_t>(side.attempts, 1));
        table.rows.push_back({name, std::to_string(side.attempts), std::to_string(side.failed()),
                              fmt::format("{:.2f} %", 100 * static_cast<double>(side.failed()) / n),
                              reasons.empty() ? "–" : reasons});
    };
    add("live", report.live);
    if (report.card)
        add("card", *report.card);
    for (const GroupSize& group : report.groups) {
        const double n = std::max(group.images, 1U);
        table.rows.push_back(
            {group_name(group.name), std::to_string(group.images), std::to_string(group.failures),
             fmt::format("{:.2f} %", 100 * group.failures / n), fmt::format("{} people", group.people)});
    }
    return table;
}

Table thresholds(const Comparisons& one) {
    std::size_t views = 1;
    for (const ThresholdTable& table : one.thresholds) {
        for (const WantedRate& wanted : table.wanted)
            views = std::max(views, wanted.fused.size());
    }
    Table made{fmt::format("{}: what a false match rate costs ({} mated comparisons of {} people)",
                           sides(one), one.mated, one.mated_people),
               {"false matches counted among", "comparisons", "FMR", "threshold"},
               {}};
    for (std::size_t k = 1; k <= views; ++k)
        made.columns.push_back(fmt::format("FNMR, k = {}", k));
    if (views > 1)
        made.columns.push_back(fmt::format("FMR of all, k = {}", views));
    for (const ThresholdTable& table : one.thresholds) {
        for (const WantedRate& wanted : table.wanted) {
            std::vector<std::string> row{table.everybody ? "everybody" : group_name(table.among),
                                         std::to_string(table.comparisons),
                                         fmt::format("{:.0e}", wanted.rate),
                                         fmt::format("{:.3f} ({:.3f}–{:.3f})", wanted.threshold.value,
                                                     wanted.threshold.lowest, wanted.threshold.highest)};
            for (const Fused& fused : wanted.fused)
                row.push_back(percent(fused.false_non_match));
            if (views > 1)
                row.push_back(scientific(wanted.fused.back().false_match));
            made.rows.push_back(std::move(row));
        }
    }
    return made;
}

Table at_one_threshold(const Comparisons& one) {
    Table made{sides(one) + ": one threshold for everybody", {"threshold", "FNMR", "FMR of everybody"}, {}};
    const bool grouped = !one.at.empty() && one.at.front().groups.size() > 1;
    if (grouped) {
        for (const GroupRates& group : one.at.front().groups)
            made.columns.push_back("FMR among " + group_name(group.group));
        made.columns.push_back("highest / lowest");
    }
    for (const AtThreshold& at : one.at) {
        std::vector<std::string> row{fmt::format("{} ({:.3f})", at.name, at.threshold),
                                     percent(at.false_non_match), scientific(at.false_match)};
        if (grouped) {
            for (const GroupRates& group : at.groups)
                row.push_back(scientific(group.false_match));
            row.push_back(at.ratio ? fmt::format("{:.1f}", *at.ratio) : "–");
        }
        made.rows.push_back(std::move(row));
    }
    return made;
}

Table settled(const Comparisons& one, const SettledAtOnce& early) {
    const auto n = static_cast<double>(std::max<std::uint64_t>(early.pairs, 1));
    Table made{fmt::format("{}: decided by two strong views, {} of {} pairs ({:.0f} %)", sides(one),
                           early.settled, early.pairs, 100 * static_cast<double>(early.settled) / n),
               {"threshold", "FNMR, two strong", "FMR of all, two strong"},
               {}};
    for (const SettledAt& at : early.at) {
        std::vector<std::string> row{fmt::format("{} ({:.3f})", at.policy, at.threshold),
                                     percent(at.false_non_match), scientific(at.false_match)};
        for (const Fused& fused : at.fused) {
            if (made.rows.empty()) {
                made.columns.push_back(fmt::format("FNMR, k = {}", fused.views));
                made.columns.push_back(fmt::format("FMR of all, k = {}", fused.views));
            }
            row.push_back(percent(fused.false_non_match));
            row.push_back(scientific(fused.false_match));
        }
        made.rows.push_back(std::move(row));
    }
    return made;
}

Table discard(const Comparisons& one) {
    Table made{fmt::format("{}: FNMR when the worst views are discarded (threshold {:.3f})", sides(one),
                           one.discard_threshold),
               {"worst by", "none", "5 %", "10 %", "20 %", "30 %"},
               {}};
    for (const Discard& curve : one.discard) {
        std::vector<std::string> row{curve.measure};
        for (const double share : {0.0, 0.05, 0.1, 0.2, 0.3}) {
            const auto point =
                std::ranges::find_if(curve.points, [&](const Point& p) { return p.x > share - 1e-6; });
            row.push_back(point == curve.points.end() ? "–" : fmt::format("{:.2f} %", 100 * point->y));
        }
        made.rows.push_back(std::move(row));
    }
    return made;
}

Table speed(const Report& report) {
    Table made{"milliseconds for one image on one thread", {"step", "median", "fastest", "images"}, {}};
    for (const Speed& step : report.speed)
        made.rows.push_back({step.step, fmt::format("{:.1f}", step.median),
                             fmt::format("{:.1f}", step.fastest), std::to_string(step.images)});
    return made;
}

std::size_t width_of(const std::string& text) { // characters of UTF-8
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

} // namespace

std::string percent(const std::optional<Rate>& rate) {
    if (!rate)
        return "–";
    return fmt::format("{:.2f} % ({:.2f}–{:.2f})", 100 * rate->value, 100 * rate->lowest,
                       100 * rate->highest);
}

std::string scientific(const std::optional<Rate>& rate) {
    if (!rate)
        return "–";
    return fmt::format("{:.1e} ({:.1e}–{:.1e})", rate->value, rate->lowest, rate->highest);
}

std::vector<Table> tables_of(const Report& report) {
    std::vector<Table> tables{acquisition(report)};
    for (const Comparisons& one : report.comparisons) {
        tables.push_back(thresholds(one));
        tables.push_back(at_one_threshold(one));
        if (one.settled_at_once)
            tables.push_back(settled(one, *one.settled_at_once));
        if (!one.discard.empty())
            tables.push_back(discard(one));
    }
    if (!report.speed.empty())
        tables.push_back(speed(report));
    return tables;
}

std::string as_markdown(const Report& report) {
    std::string text;
    for (const Table& table : tables_of(report)) {
        text += "**" + table.caption + "**\n\n|";
        for (const auto& column : table.columns)
            text += " " + column + " |";
        text += "\n|";
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            text += "---|";
        for (const auto& row : table.rows) {
            text += "\n|";
            for (const auto& cell : row)
                text += " " + cell + " |";
        }
        text += "\n\n";
    }
    return text;
}

std::string as_text(const Report& report) {
    std::string text;
    for (const Table& table : tables_of(report)) {
        std::vector<std::size_t> widths;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            widths.push_back(width_of(table.columns[i]));
            for (const auto& row : table.rows)
                widths[i] = std::max(widths[i], width_of(row[i]));
        }
        const auto line = [&](const std::vector<std::string>& cells) {
            std::string made = " ";
            for (std::size_t i = 0; i < cells.size(); ++i)
                made += " " + cells[i] + std::string(widths[i] - width_of(cells[i]) + 1, ' ');
            made.resize(made.find_last_not_of(' ') + 1);
            text += made + "\n";
        };
        text += table.caption + "\n";
        line(table.columns);
        for (const auto& row : table.rows)
            line(row);
        text += "\n";
    }
    return text;
}

} // namespace kaomon::evaluate
