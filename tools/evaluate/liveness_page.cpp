#include "tools/evaluate/liveness_report.hpp"
#include "tools/page/page.hpp"
#include "tools/page/plot.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kaomon::evaluate {
namespace {

using liveness::Outcome;

std::string without_prefix(const std::string& label) {
    const std::string prefix = std::string(bona_fide_label) + "-";
    return label.starts_with(prefix) ? label.substr(prefix.size()) : label;
}

std::string name_of(const GroupKey& key, Language language) {
    const std::string origin = key.origin == Origin::rendered ? say(language, Text{"描いた映像", "rendered"})
                                                              : say(language, Text{"録画", "recorded"});
    const std::string code = page::code(key.label) + " " + page::escape(origin);
    const Species* species = species_of(key.label);
    return species == nullptr ? code : page::escape(say(language, species->name)) + "<br>" + code;
}

std::string time_text(std::optional<double> seconds) {
    return seconds ? fmt::format("{:.1f}", *seconds) : "–";
}

using Groups = std::vector<std::pair<GroupKey, const Group*>>;

Groups groups_of(const LivenessTally& tally, bool bona_fide) {
    Groups chosen;
    for (const auto& [key, group] : tally.groups) {
        if (is_bona_fide(key.label) == bona_fide)
            chosen.emplace_back(key, &group);
    }
    return chosen;
}

void add_rates(page::Page& page, const LivenessTally& tally, bool bona_fide, Language language) {
    const auto wrong = bona_fide ? Classification::attack : Classification::bona_fide;
    std::vector<page::Row> rows;
    for (const auto& [key, group] : groups_of(tally, bona_fide)) {
        rows.push_back({name_of(key, language), page::code(setting_word(key.setting)),
                        rate_text(group->count(wrong), group->presentations),
                        rate_text(group->count(Classification::no_response), group->presentations),
                        rate_text(group->asked, group->presentations),
                        time_text(group->seconds_of(0.5)) + " / " + time_text(group->seconds_of(0.95))});
    }
    if (rows.empty())
        return;
    if (bona_fide)
        page.table({"本人の提示", "Bona fide presentations"},
                   {{"提示", "presentation"},
                    {"方針", "policy"},
                    {"攻撃とされた割合（BPCER）", "called an attack (BPCER)"},
                    {"応答なし（BPNRR）", "no response (BPNRR)"},
                    {"動作を求めた割合", "asked for a movement"},
                    {"応答まで [秒]、中央値 / 95 %", "time to response [s], median / p95"}},
                   rows);
    else
        page.table({"攻撃の提示", "Attack presentations"},
                   {{"提示", "presentation"},
                    {"方針", "policy"},
                    {"本人とされた割合（APCER）", "called bona fide (APCER)"},
                    {"応答なし（APNRR）", "no response (APNRR)"},
                    {"動作を求めた割合", "asked for a movement"},
                    {"応答まで [秒]、中央値 / 95 %", "time to response [s], median / p95"}},
                   rows);
}

void add_evidence(page::Page& page, const LivenessTally& tally) {
    std::vector<Text> columns{{"提示", "presentation"}, {"方針", "policy"}};
    for (const auto& one : liveness::all_kinds({}))
        columns.push_back({std::string(word(one.kind)), std::string(word(one.kind))});
    std::vector<page::Row> rows;
    for (const auto& [key, group] : tally.groups) {
        page::Row row{page::code(key.label), page::code(setting_word(key.setting))};
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
        bars.push_back({without_prefix(key.label) + ", " + setting_word(key.setting),
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
    page.paragraph(
        {fmt::format("1 回の提示は最長 {:g} 秒、毎秒 {} こまです。", tally.seconds, tally.rate),
         fmt::format("A presentation lasts {:g} s at most, {} frames a second.", tally.seconds, tally.rate)});
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
