#include "tools/evaluate/liveness_report.hpp"
#include "tools/page/page.hpp"
#include "tools/page/plot.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kaomon::evaluate {
namespace {

using liveness::Outcome;

// What the simulated camera renders, in the order of the enum; a clip has the label of its list alone.
const std::array<Text, words<camera::Presentation>().size()> names{{
    {"動く顔", "a head that moves and blinks"},
    {"動かない顔", "a head that keeps still"},
    {"眼鏡をかけた動く顔", "a moving head with glasses"},
    {"逆光の動く顔", "a moving head before a window"},
    {"手に持った写真", "a print, held"},
    {"曲げた写真", "a print, bent"},
    {"傾けて動かした写真", "a print, turned and moved"},
    {"粗い画面に出した写真", "a photograph on a coarse screen"},
    {"粗い画面に出した動画", "a video on a coarse screen"},
    {"細かい画面に出した動画", "a video on a screen of fine pixels"},
    {"繰り返される映像", "a clip that comes round"},
    {"止まった映像", "a frozen feed"},
}};

std::string without_prefix(const std::string& label) {
    const std::string prefix = std::string(bona_fide_label) + "-";
    return label.starts_with(prefix) ? label.substr(prefix.size()) : label;
}

std::string name_of(const std::pair<Origin, std::string>& key, Language language) {
    const auto presentation = from_word<camera::Presentation>(without_prefix(key.second));
    const std::string origin = key.first == Origin::rendered ? say(language, Text{"描いた映像", "rendered"})
                                                             : say(language, Text{"録画", "recorded"});
    const std::string code = page::code(key.second) + " " + page::escape(origin);
    if (!presentation)
        return code;
    return page::escape(say(language, names[static_cast<std::size_t>(*presentation)])) + "<br>" + code;
}

using Groups = std::vector<std::pair<std::pair<Origin, std::string>, const Group*>>;

Groups groups_of(const LivenessTally& tally, bool bona_fide) {
    Groups chosen;
    for (const auto& [key, group] : tally.groups) {
        if (is_bona_fide(key.second) == bona_fide)
            chosen.emplace_back(key, &group);
    }
    return chosen;
}

void add_rates(page::Page& page, const LivenessTally& tally, bool bona_fide, Language language) {
    const auto wrong = bona_fide ? Classification::attack : Classification::bona_fide;
    std::vector<page::Row> rows;
    for (const auto& [key, group] : groups_of(tally, bona_fide)) {
        const auto median = group->median_seconds();
        rows.push_back({name_of(key, language), rate_text(group->count(wrong), group->presentations),
                        rate_text(group->count(Classification::no_response), group->presentations),
                        median ? fmt::format("{:.1f}", *median) : "–"});
    }
    if (rows.empty())
        return;
    if (bona_fide)
        page.table({"本人の提示", "Bona fide presentations"},
                   {{"提示", "presentation"},
                    {"攻撃とされた割合（BPCER）", "called an attack (BPCER)"},
                    {"応答なし（BPNRR）", "no response (BPNRR)"},
                    {"応答まで [秒]、中央値", "time to response [s], median"}},
                   rows);
    else
        page.table({"攻撃の提示", "Attack presentations"},
                   {{"提示", "presentation"},
                    {"本人とされた割合（APCER）", "called bona fide (APCER)"},
                    {"応答なし（APNRR）", "no response (APNRR)"},
                    {"応答まで [秒]、中央値", "time to response [s], median"}},
                   rows);
}

void add_evidence(page::Page& page, const LivenessTally& tally) {
    std::vector<Text> columns{{"提示", "presentation"}};
    for (const auto& one : liveness::all_kinds({}))
        columns.push_back({std::string(word(one.kind)), std::string(word(one.kind))});
    std::vector<page::Row> rows;
    for (const auto& [key, group] : tally.groups) {
        page::Row row{page::code(key.second)};
        for (const auto& one : liveness::all_kinds({}))
            row.push_back(fmt::format("{} / {} / {}", group.count(one.kind, Outcome::pass),
                                      group.count(one.kind, Outcome::fail),
                                      group.count(one.kind, Outcome::not_assessed)));
        rows.push_back(std::move(row));
    }
    page.table(
        {"証拠ごとの数：合格 / 不合格 / 判定せず", "Evidence, numbers of: passed / failed / not assessed"},
        columns, rows);
}

std::string plot(const LivenessTally& tally, Language language) {
    std::vector<page::BarGroup> bars;
    for (const auto& [key, group] : tally.groups) {
        const auto share =
            [&of = group, n = static_cast<double>(std::max<std::size_t>(group.presentations, 1))](
                Classification which) { return 100 * static_cast<double>(of.count(which)) / n; };
        bars.push_back({without_prefix(key.second),
                        {share(Classification::bona_fide), share(Classification::attack),
                         share(Classification::no_response)}});
    }
    const std::array series{Text{"本人とされた", "called bona fide"},
                            Text{"攻撃とされた", "called an attack"}, Text{"応答なし", "no response"}};
    return page::bars(language, {"提示ごとの判定", "What each kind of presentation came to"},
                      {{"割合", "share"}, "%"}, series, bars);
}

} // namespace

std::string as_page(const LivenessTally& tally, Language language) {
    page::Page page(language, {"なりすまし検知の評価", "Evaluation of presentation attack detection"},
                    parse_day(tally.date).value_or(Date{std::chrono::year{1970} / 1 / 1}));
    std::size_t all = 0;
    for (const auto& [key, group] : tally.groups)
        all += group.presentations;
    page.lead({fmt::format("{} 回の提示を、装置と同じプログラムに見せた結果です。", all),
               fmt::format("{} presentations, shown to the very code of the device.", all)});
    page.paragraph({about_liveness.ja +
                        "かっこ内は件数と 95 % 区間（Clopper–Pearson）です。顔、パス、人の名前は載せません。",
                    about_liveness.en +
                        " In brackets: the counts and exact 95 % intervals (Clopper and Pearson). "
                        "No face, path or name of a person is shown."});
    std::string required;
    for (const auto kind : tally.conditions.demands.required)
        required += (required.empty() ? "" : ", ") + std::string(word(kind));
    page.paragraph(
        {fmt::format("必須の証拠：{}。1 回の提示は最長 {:g} 秒、毎秒 {} こまです。", required,
                     tally.conditions.seconds, tally.conditions.rate),
         fmt::format("Required evidence: {}. A presentation lasts {:g} s at most, {} frames a second.",
                     required, tally.conditions.seconds, tally.conditions.rate)});
    if (tally.card)
        page.paragraph(attacks_with_card);
    if (tally.unusable > 0)
        page.paragraph(
            {fmt::format("使えなかった録画や静止画 {} 件は除きました。", tally.unusable),
             fmt::format("{} clips or stills could not be used and were left out.", tally.unusable)});
    add_rates(page, tally, false, language);
    add_rates(page, tally, true, language);
    page.html(plot(tally, language));
    add_evidence(page, tally);
    page.paragraph({fmt::format("kaomonctl {}", tally.version), fmt::format("kaomonctl {}", tally.version)});
    return page.str();
}

} // namespace kaomon::evaluate
