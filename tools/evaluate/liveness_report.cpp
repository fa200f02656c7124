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

json::value seconds(std::optional<double> value) {
    return value ? json::value(*value) : json::value(nullptr);
}

json::object row(const GroupKey& key, const Group& group) {
    const bool bona_fide = is_bona_fide(key.label);
    const auto wrong = bona_fide ? Classification::attack : Classification::bona_fide;
    json::object asked;
    for (const auto& [hint, count] : group.hints)
        asked[hint] = count;
    return {
        {"policy", word(key.setting.policy)},
        {"screen", key.setting.screen},
        {"kind", key.label},
        {"origin", word(key.origin)},
        {"presentations", group.presentations},
        {bona_fide ? "bpcer" : "apcer", rate(group.count(wrong), group.presentations)},
        {bona_fide ? "bpnrr" : "apnrr", rate(group.count(Classification::no_response), group.presentations)},
        {"median_seconds", seconds(group.seconds_of(0.5))},
        {"p95_seconds", seconds(group.seconds_of(0.95))},
        {"asked", rate(group.asked, group.presentations)},
        {"asked_last", std::move(asked)},
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
    "を付けたときだけ測る。",
    "Terms of ISO/IEC 30107-3; no claim of a tested attack level. rendered: drawn from stills by the "
    "simulated "
    "camera; recorded: clips. photo_replay is measured with --card only."};

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
    for (const auto kind : tally.required)
        required.push_back(json::string(word(kind)));
    for (const auto& [key, group] : tally.groups)
        rows.push_back(row(key, group));
    return {{"schema", "kaomon.liveness/2"},
            {"standard", "ISO/IEC 30107-3"},
            {"about", about_liveness.en},
            {"date", tally.date},
            {"version", tally.version},
            {"required", std::move(required)},
            {"seconds", tally.seconds},
            {"rate", tally.rate},
            {"card", tally.card},
            {"unusable", tally.unusable},
            {"groups", std::move(rows)}};
}

std::vector<std::string> as_text(const LivenessTally& tally, Language language) {
    std::vector<std::string> lines;
    if (tally.card)
        lines.emplace_back(say(language, attacks_with_card));
    constexpr const char* columns = "{:<21}{:<10}{:<21}{:<26}{:<26}{:<8}{:<8}{}";
    lines.push_back(fmt::format(columns, "policy", "origin", "kind", "APCER / BPCER (95 %)", "no response",
                                "median", "p95", "asked"));
    const auto time = [](std::optional<double> value) {
        return value ? fmt::format("{:.1f} s", *value) : std::string("-");
    };
    for (const auto& [key, group] : tally.groups) {
        const auto wrong = is_bona_fide(key.label) ? Classification::attack : Classification::bona_fide;
        lines.push_back(fmt::format(columns, setting_word(key.setting), word(key.origin), key.label,
                                    rate_text(group.count(wrong), group.presentations),
                                    rate_text(group.count(Classification::no_response), group.presentations),
                                    time(group.seconds_of(0.5)), time(group.seconds_of(0.95)),
                                    rate_text(group.asked, group.presentations)));
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
