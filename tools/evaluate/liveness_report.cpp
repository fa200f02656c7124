#include "tools/evaluate/liveness_report.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

namespace kaomon::evaluate {
namespace {

namespace json = boost::json;
using liveness::Kind;
using liveness::Outcome;

json::object rate(std::size_t hits, std::size_t trials) {
    const Interval interval = exact_interval(hits, trials);
    return {{"hits", hits},
            {"trials", trials},
            {"rate", trials == 0 ? 0.0 : static_cast<double>(hits) / static_cast<double>(trials)},
            {"low95", interval.low},
            {"high95", interval.high}};
}

json::object evidence(const Group& group) {
    json::object kinds;
    for (const auto& one : liveness::all_kinds({})) {
        json::object outcomes;
        for (const auto outcome : {Outcome::pass, Outcome::fail, Outcome::not_assessed})
            outcomes[word(outcome)] = group.count(one.kind, outcome);
        kinds[word(one.kind)] = std::move(outcomes);
    }
    return kinds;
}

json::object row(const std::pair<Origin, std::string>& key, const Group& group) {
    const bool bona_fide = is_bona_fide(key.second);
    const auto wrong = bona_fide ? Classification::attack : Classification::bona_fide;
    json::object asked;
    for (const auto& [hint, count] : group.hints)
        asked[hint] = count;
    const auto median = group.median_seconds();
    return {
        {"kind", key.second},
        {"origin", word(key.first)},
        {"presentations", group.presentations},
        {bona_fide ? "bpcer" : "apcer", rate(group.count(wrong), group.presentations)},
        {bona_fide ? "bpnrr" : "apnrr", rate(group.count(Classification::no_response), group.presentations)},
        {"median_seconds", median ? json::value(*median) : json::value(nullptr)},
        {"asked", std::move(asked)},
        {"evidence", evidence(group)}};
}

// What passed or failed; that a feed passes goes without saying.
std::string telling(const Group& group) {
    std::string kinds;
    for (const auto& one : liveness::all_kinds({})) {
        const bool feed = one.kind < Kind::head_turn;
        const auto passed = feed ? 0 : group.count(one.kind, Outcome::pass);
        const auto failed = group.count(one.kind, Outcome::fail);
        if (passed + failed > 0)
            kinds += fmt::format("  {} {}+ {}-", word(one.kind), passed, failed);
    }
    for (const auto& [hint, count] : group.hints)
        kinds += fmt::format("  ({} {})", hint, count);
    return kinds;
}

} // namespace

const Text about_liveness{
    "ISO/IEC 30107-3 "
    "の用語による。試験済みの攻撃耐性を示すものではない。描いた映像（rendered）は静止画から作ったもの、"
    "録画（recorded）は一覧のもの。券面の写真との比較（photo_replay）は --card "
    "を付けたときだけ、画面の光（flash）はここでは測らない。",
    "Terms of ISO/IEC 30107-3; no claim of a tested attack level. rendered: drawn from stills by the "
    "simulated "
    "camera; recorded: clips. photo_replay is measured with --card only, flash (needs the screen) "
    "not at all."};

const Text attacks_with_card{
    "描いた攻撃は、その訪問のカードの写真そのものを見せる（--"
    "card）。動く顔の攻撃もその写真から作られている。",
    "Rendered attacks show the very photograph of the visit's card (--card); those with a moving head, too, "
    "are made of it."};

std::string rate_text(std::size_t hits, std::size_t trials) {
    const Interval interval = exact_interval(hits, trials);
    return fmt::format("{:.1f} % ({}/{}; {:.1f}-{:.1f})",
                       trials == 0 ? 0.0 : 100 * static_cast<double>(hits) / static_cast<double>(trials),
                       hits, trials, 100 * interval.low, 100 * interval.high);
}

json::object as_json(const LivenessTally& tally) {
    json::array required, rows;
    for (const auto kind : tally.conditions.demands.required)
        required.push_back(json::string(word(kind)));
    for (const auto& [key, group] : tally.groups)
        rows.push_back(row(key, group));
    return {{"schema", "kaomon.liveness/1"},
            {"standard", "ISO/IEC 30107-3"},
            {"about", about_liveness.en},
            {"date", tally.date},
            {"version", tally.version},
            {"required", std::move(required)},
            {"seconds", tally.conditions.seconds},
            {"rate", tally.conditions.rate},
            {"card", tally.card},
            {"unusable", tally.unusable},
            {"groups", std::move(rows)}};
}

std::vector<std::string> as_text(const LivenessTally& tally, Language language) {
    std::vector<std::string> lines;
    std::string required;
    for (const auto kind : tally.conditions.demands.required)
        required += (required.empty() ? "" : ", ") + std::string(word(kind));
    lines.push_back(std::string(say(language, "必須の証拠: ", "required evidence: ")) + required);
    if (tally.card)
        lines.emplace_back(say(language, attacks_with_card));
    constexpr const char* columns = "{:<18}{:<10}{:<28}{:<30}{}";
    lines.push_back(fmt::format(columns, "kind", "origin", "APCER / BPCER (95 %)",
                                "no response (APNRR / BPNRR)", "median"));
    for (const auto& [key, group] : tally.groups) {
        const auto wrong = is_bona_fide(key.second) ? Classification::attack : Classification::bona_fide;
        const auto median = group.median_seconds();
        lines.push_back(fmt::format(columns, key.second, word(key.first),
                                    rate_text(group.count(wrong), group.presentations),
                                    rate_text(group.count(Classification::no_response), group.presentations),
                                    median ? fmt::format("{:.1f} s", *median) : "-"));
        if (const auto kinds = telling(group); !kinds.empty())
            lines.push_back("    " + kinds);
    }
    if (tally.unusable > 0)
        lines.push_back(
            fmt::format("{}{}", say(language, "使えなかったもの: ", "not usable: "), tally.unusable));
    lines.push_back(say(language, about_liveness));
    return lines;
}

} // namespace kaomon::evaluate
