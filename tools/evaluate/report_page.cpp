#include "tools/evaluate/det_plot.hpp"
#include "tools/evaluate/report_table.hpp"
#include "tools/evaluate/report_words.hpp"
#include "tools/page/page.hpp"
#include "tools/page/plot.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kaomon::evaluate {
namespace {

void add(page::Page& page, const Table& table, Language language) {
    std::vector<page::Row> rows;
    for (const auto& row : table.rows) {
        page::Row cells;
        for (const Text& cell : row)
            cells.push_back(page::escape(say(language, cell)));
        rows.push_back(std::move(cells));
    }
    page.table(table.caption, table.columns, rows);
}

void add_trade_offs(page::Page& page, const Report& report, Language language) {
    for (const bool card : {false, true}) {
        std::vector<NamedCurve> curves;
        for (const Comparisons& one : report.comparisons) {
            if (one.card != card)
                continue;
            for (const Curve& curve : one.detection_error_trade_off)
                curves.push_back(
                    {fmt::format("{}, {}", say(language, score_name(one.kind)), curve.name), &curve});
        }
        if (!curves.empty())
            page.html(det_plot(language,
                               card ? Text{"DET 曲線：カードの写真とカメラの顔", "DET: card x live"}
                                    : Text{"DET 曲線：カメラの顔どうし", "DET: live x live"},
                               curves));
    }
}

void add_discards(page::Page& page, const Comparisons& one, Language language) {
    // Five lines can be told apart: the measures that help most when a fifth is discarded.
    std::vector<const Discard*> best;
    for (const Discard& curve : one.discard)
        best.push_back(&curve);
    const auto left_at_a_fifth = [](const Discard* curve) {
        const auto point =
            std::ranges::find_if(curve->points, [](const Point& p) { return p.x > 0.2 - 1e-6; });
        return point == curve->points.end() ? 1.0 : point->y;
    };
    std::ranges::stable_sort(best, {}, left_at_a_fifth);
    std::vector<page::Line> lines;
    for (std::size_t i = 0; i < std::min<std::size_t>(best.size(), 5); ++i) {
        page::Line line{say(language, measure_name(best[i]->measure)), {}};
        for (const Point& point : best[i]->points)
            line.points.push_back({100 * point.x, 100 * point.y});
        lines.push_back(std::move(line));
    }
    page.html(page::lines(language,
                          {fmt::format("品質の低い画像を除いたときの本人拒否率：{}、しきい値 {:.3f}",
                                       score_name(one.kind).ja, one.discard_threshold),
                           fmt::format("error versus discard ({}, threshold {:.3f})", score_name(one.kind).en,
                                       one.discard_threshold)},
                          {{"除いた割合", "discarded"}, "%"}, {{"FNMR", "FNMR"}, "%"}, lines));
}

} // namespace

std::string as_page(const Report& report, Language language) {
    page::Page page(language, {"顔照合の評価", "Evaluation of face comparison"},
                    parse_day(report.date).value_or(Date{std::chrono::year{1970} / 1 / 1}));
    page.style("@media print, (min-width: 700px) { td { overflow-wrap: break-word; } }\n"); // whole numbers
    page.lead({fmt::format("{} 人の画像 {} 枚を、装置と同じプログラムで照合した結果です。", report.people,
                           report.images),
               fmt::format("{} images of {} people, compared by the very code of the device.", report.images,
                           report.people)});
    page.paragraph(
        {fmt::format(
             "用語は ISO/IEC 19795-1 によります。本人拒否率（FNMR）に、顔を取り出せなかった画像は入りません。"
             "かっこ内は 95 % 区間（人を {} 回引き直したもの）、k "
             "は重ねた画像の数です。顔、パス、人の名前は載せません。",
             report.draws),
         fmt::format(
             "Terms are those of ISO/IEC 19795-1; FNMR leaves failures to acquire out. In brackets: 95 % "
             "intervals, people drawn anew {} times; k views are fused. No face, path or name of a person is "
             "shown.",
             report.draws)});
    if (report.unreadable + report.bad_lines > 0)
        page.paragraph({fmt::format("読めない画像 {} 枚、誤りのある行 {} 行は除きました。", report.unreadable,
                                    report.bad_lines),
                        fmt::format("{} unreadable images and {} bad lines were left out.", report.unreadable,
                                    report.bad_lines)});
    if (report.population)
        page.paragraph({fmt::format("母集団：{} 枚（{}、{}）", report.population->images,
                                    report.population->source, report.population->date),
                        fmt::format("Population: {} images ({}, {})", report.population->images,
                                    report.population->source, report.population->date)});
    page.heading({"図", "Plots"});
    add_trade_offs(page, report, language);
    for (const Comparisons& one : report.comparisons) {
        const bool last_kind = one.kind == report.comparisons.back().kind;
        if (!one.discard.empty() && one.card == report.comparisons.back().card && last_kind)
            add_discards(page, one, language);
    }
    page.heading({"表", "Tables"});
    for (const Table& table : tables_of(report))
        add(page, table, language);
    page.paragraph(
        {fmt::format("kaomonctl {}、埋め込みモデル {}（{}）、{} スレッド、画像 {:.0f} 秒、照合 {:.0f} 秒",
                     report.version, report.model.substr(0, 12), report.arithmetic, report.threads,
                     report.seconds_acquiring, report.seconds_comparing),
         fmt::format("kaomonctl {}, embedder {} ({}), {} threads, {:.0f} s for the images, {:.0f} s for the "
                     "comparisons",
                     report.version, report.model.substr(0, 12), report.arithmetic, report.threads,
                     report.seconds_acquiring, report.seconds_comparing)});
    return page.str();
}

} // namespace kaomon::evaluate
