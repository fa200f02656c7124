#include "tools/evaluate/report_table.hpp"

#include "tools/evaluate/report_words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kaomon::evaluate {
namespace {

Text both(const std::string& japanese, const std::string& english) {
    return {japanese, english};
}

std::string share(std::uint64_t part, std::uint64_t whole) {
    return fmt::format("{:.2f} %", 100 * static_cast<double>(part) /
                                       static_cast<double>(std::max<std::uint64_t>(whole, 1)));
}

Table acquisition(const Report& report) {
    Table table{{"取得失敗（failure to acquire）：顔を取り出せなかった画像", "failure to acquire"},
                {{"画像の種類", "side"},
                 {"枚数", "images"},
                 {"失敗", "failures"},
                 {"取得失敗率（FTA）", "rate"},
                 {"理由", "reasons"}},
                {}};
    const auto add = [&](const Text& name, const Acquisition& side) {
        std::string reasons;
        for (const auto& [reason, count] : side.failures)
            reasons += fmt::format("{}{} {}", reasons.empty() ? "" : ", ", reason, count);
        table.rows.push_back({name, same(std::to_string(side.attempts)), same(std::to_string(side.failed())),
                              same(share(side.failed(), side.attempts)),
                              same(reasons.empty() ? "–" : reasons)});
    };
    add({"カメラの顔（live）", "live"}, report.live);
    if (report.card)
        add({"カードの写真（card）", "card"}, *report.card);
    for (const GroupSize& group : report.groups) {
        table.rows.push_back(
            {group_name(group.name), same(std::to_string(group.images)), same(std::to_string(group.failures)),
             same(share(group.failures, group.images)),
             both(fmt::format("{} 人", group.people), fmt::format("{} people", group.people))});
    }
    return table;
}

// Columns that say a rate of k fused views.
Text non_match(const Text& of) {
    return {"本人拒否率（FNMR）、" + of.ja, "FNMR, " + of.en};
}
Text match_of_all(const Text& of) {
    return {"全員の他人受入率（FMR）、" + of.ja, "FMR of all, " + of.en};
}
const Text threshold_column{"しきい値", "threshold"};

Table thresholds(const Comparisons& one) {
    std::size_t most = 1;
    for (const ThresholdTable& table : one.thresholds) {
        for (const WantedRate& wanted : table.wanted)
            most = std::max(most, wanted.fused.size());
    }
    const auto [japanese, english] = sides(one);
    Table made{both(fmt::format(
                        "{}：他人受入率（FMR）を決めたときの本人拒否率（FNMR）、本人どうしの比較 {} 組 {} 人",
                        japanese, one.mated, one.mated_people),
                    fmt::format("{}: what a false match rate costs ({} mated comparisons of {} people)",
                                english, one.mated, one.mated_people)),
               {{"他人受入を数えた人たち", "false matches counted among"},
                {"比較の数", "comparisons"},
                {"他人受入率（FMR）", "FMR"},
                threshold_column},
               {}};
    for (std::size_t k = 1; k <= most; ++k)
        made.columns.push_back(non_match(views(k)));
    if (most > 1)
        made.columns.push_back(match_of_all(views(most)));
    for (const ThresholdTable& table : one.thresholds) {
        for (const WantedRate& wanted : table.wanted) {
            std::vector<Text> row{table.everybody ? Text{"全員", "everybody"} : group_name(table.among),
                                  same(std::to_string(table.comparisons)),
                                  same(fmt::format("{:.0e}", wanted.rate)),
                                  same(fmt::format("{:.3f} ({:.3f}–{:.3f})", wanted.threshold.value,
                                                   wanted.threshold.lowest, wanted.threshold.highest))};
            for (const Fused& fused : wanted.fused)
                row.push_back(same(percent(fused.false_non_match)));
            if (most > 1)
                row.push_back(same(scientific(wanted.fused.back().false_match)));
            made.rows.push_back(std::move(row));
        }
    }
    return made;
}

Table at_one_threshold(const Comparisons& one) {
    const auto [japanese, english] = sides(one);
    Table made{
        {japanese + "：全員に同じしきい値を使ったとき", english + ": one threshold for everybody"},
        {threshold_column, {"本人拒否率（FNMR）", "FNMR"}, {"全員の他人受入率（FMR）", "FMR of everybody"}},
        {}};
    const bool grouped = !one.at.empty() && one.at.front().groups.size() > 1;
    if (grouped) {
        for (const GroupRates& group : one.at.front().groups) {
            const auto [name_ja, name_en] = group_name(group.group);
            made.columns.push_back({name_ja + " どうしの他人受入率（FMR）", "FMR among " + name_en});
        }
        made.columns.push_back({"最大 / 最小", "highest / lowest"});
    }
    for (const AtThreshold& at : one.at) {
        const auto [name_ja, name_en] = threshold_name(at);
        std::vector<Text> row{both(fmt::format("{}（{:.3f}）", name_ja, at.threshold),
                                   fmt::format("{} ({:.3f})", name_en, at.threshold)),
                              same(percent(at.false_non_match)), same(scientific(at.false_match))};
        if (grouped) {
            for (const GroupRates& group : at.groups)
                row.push_back(same(scientific(group.false_match)));
            row.push_back(same(at.ratio ? fmt::format("{:.1f}", *at.ratio) : "–"));
        }
        made.rows.push_back(std::move(row));
    }
    return made;
}

Table settled(const Comparisons& one, const SettledAtOnce& early) {
    const auto percentage = 100 * static_cast<double>(early.settled) /
                            static_cast<double>(std::max<std::uint64_t>(early.pairs, 1));
    const auto [japanese, english] = sides(one);
    const Text strong{"良い 2 枚", "two strong"};
    Table made{
        both(fmt::format("{}：良い 2 枚（two strong views）で早く決まる場合、{} 組中 {} 組（{:.0f} %）",
                         japanese, early.pairs, early.settled, percentage),
             fmt::format("{}: decided by two strong views, {} of {} pairs ({:.0f} %)", english, early.settled,
                         early.pairs, percentage)),
        {threshold_column, non_match(strong), match_of_all(strong)},
        {}};
    for (const SettledAt& at : early.at) {
        std::vector<Text> row{same(fmt::format("{} ({:.3f})", at.policy, at.threshold)),
                              same(percent(at.false_non_match)), same(scientific(at.false_match))};
        for (const Fused& fused : at.fused) {
            if (made.rows.empty()) {
                made.columns.push_back(non_match(views(fused.views)));
                made.columns.push_back(match_of_all(views(fused.views)));
            }
            row.push_back(same(percent(fused.false_non_match)));
            row.push_back(same(scientific(fused.false_match)));
        }
        made.rows.push_back(std::move(row));
    }
    return made;
}

Table discard(const Comparisons& one) {
    const auto [japanese, english] = sides(one);
    Table made{both(fmt::format("{}：品質の低い画像を除いたときの本人拒否率（FNMR）、しきい値 {:.3f}",
                                japanese, one.discard_threshold),
                    fmt::format("{}: FNMR when the worst views are discarded (threshold {:.3f})", english,
                                one.discard_threshold)),
               {{"除く順", "worst by"}, {"除かない", "none"}},
               {}};
    constexpr std::array shares{0.0, 0.05, 0.1, 0.2, 0.3};
    for (const double part : std::span(shares).subspan(1))
        made.columns.push_back(same(fmt::format("{:.0f} %", 100 * part)));
    for (const Discard& curve : one.discard) {
        std::vector<Text> row{measure_name(curve.measure)};
        for (const double part : shares) {
            const auto point =
                std::ranges::find_if(curve.points, [&](const Point& p) { return p.x > part - 1e-6; });
            row.push_back(same(point == curve.points.end() ? "–" : fmt::format("{:.2f} %", 100 * point->y)));
        }
        made.rows.push_back(std::move(row));
    }
    return made;
}

Table speed(const Report& report) {
    Table made{{"画像 1 枚、1 スレッドあたりのミリ秒", "milliseconds for one image on one thread"},
               {{"処理", "step"}, {"中央値", "median"}, {"最速", "fastest"}, {"枚数", "images"}},
               {}};
    for (const Speed& step : report.speed)
        made.rows.push_back({step_name(step.step), same(fmt::format("{:.1f}", step.median)),
                             same(fmt::format("{:.1f}", step.fastest)), same(std::to_string(step.images))});
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
        text += "**" + table.caption.en + "**\n\n|";
        for (const auto& column : table.columns)
            text += " " + column.en + " |";
        text += "\n|";
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            text += "---|";
        for (const auto& row : table.rows) {
            text += "\n|";
            for (const auto& cell : row)
                text += " " + cell.en + " |";
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
            widths.push_back(width_of(table.columns[i].en));
            for (const auto& row : table.rows)
                widths[i] = std::max(widths[i], width_of(row[i].en));
        }
        const auto line = [&](const std::vector<Text>& cells) {
            std::string made = " ";
            for (std::size_t i = 0; i < cells.size(); ++i)
                made += " " + cells[i].en + std::string(widths[i] - width_of(cells[i].en) + 1, ' ');
            made.resize(made.find_last_not_of(' ') + 1);
            text += made + "\n";
        };
        text += table.caption.en + "\n";
        line(table.columns);
        for (const auto& row : table.rows)
            line(row);
        text += "\n";
    }
    return text;
}

} // namespace kaomon::evaluate
