#include "tools/evaluate/liveness_tally.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

namespace kaomon::evaluate {
namespace {

namespace json = boost::json;

std::string_view word(Origin origin) {
    return origin == Origin::rendered ? "rendered" : "recorded";
}

const Text about{"ISO/IEC 30107-3 の用語による。試験済みの攻撃耐性を示すものではない。rendered "
                 "は静止画から描いた映像、recorded は"
                 "録画。card の写真との比較（photo_replay）と画面の光（flash）はここでは測らない。",
                 "Terms of ISO/IEC 30107-3; no claim of a tested attack level. rendered: drawn from stills "
                 "by the simulated "
                 "camera; recorded: clips. photo_replay (needs a card) and flash (needs the screen) are not "
                 "measured here."};

// The two rates of a group: wrongly classified, and without an answer.
struct Rates {
    const char *error, *no_response;
    Classification wrong;
};
Rates rates_of(const std::string& label) {
    if (label.starts_with(bona_fide_label))
        return {"bpcer", "bpnrr", Classification::attack};
    return {"apcer", "apnrr", Classification::bona_fide};
}

json::object rate(std::size_t hits, std::size_t trials) {
    const Interval interval = exact_interval(hits, trials);
    return {{"hits", hits},
            {"trials", trials},
            {"rate", trials == 0 ? 0.0 : static_cast<double>(hits) / static_cast<double>(trials)},
            {"low95", interval.low},
            {"high95", interval.high}};
}

std::string rate_text(std::size_t hits, std::size_t trials) {
    const Interval interval = exact_interval(hits, trials);
    return fmt::format("{:5.1f} % ({}/{}; {:.1f}-{:.1f})",
                       trials == 0 ? 0.0 : 100 * static_cast<double>(hits) / static_cast<double>(trials),
                       hits, trials, 100 * interval.low, 100 * interval.high);
}

std::size_t at(const auto& map, auto key) {
    const auto found = map.find(key);
    return found == map.end() ? 0 : found->second;
}

} // namespace

std::size_t Group::count(Classification classification) const {
    return at(classified, classification);
}

void LivenessTally::add(Origin origin, const std::string& label, const Answer& answer) {
    Group& group = groups[{origin, label}];
    ++group.presentations;
    ++group.classified[answer.classification];
    for (std::size_t i = 0; i < answer.kinds.size(); ++i)
        ++group.kinds[i][answer.kinds[i]];
}

json::object as_json(const LivenessTally& tally) {
    json::array required, rows;
    for (const auto kind : tally.conditions.required)
        required.push_back(json::string(liveness::word(kind)));
    for (const auto& [key, group] : tally.groups) {
        const Rates rates = rates_of(key.second);
        json::object kinds;
        for (std::size_t i = 0; i < group.kinds.size(); ++i) {
            json::object outcomes;
            for (const auto outcome :
                 {liveness::Outcome::pass, liveness::Outcome::fail, liveness::Outcome::not_assessed})
                outcomes[liveness::word(outcome)] = at(group.kinds[i], outcome);
            kinds[liveness::word(static_cast<liveness::Kind>(i))] = std::move(outcomes);
        }
        rows.push_back(json::object{
            {"kind", key.second},
            {"origin", word(key.first)},
            {"presentations", group.presentations},
            {rates.error, rate(group.count(rates.wrong), group.presentations)},
            {rates.no_response, rate(group.count(Classification::no_response), group.presentations)},
            {"evidence", std::move(kinds)}});
    }
    return {{"standard", "ISO/IEC 30107-3"},   {"about", about.en},
            {"required", std::move(required)}, {"seconds", tally.conditions.seconds},
            {"rate", tally.conditions.rate},   {"unusable", tally.unusable},
            {"groups", std::move(rows)}};
}

std::vector<std::string> as_text(const LivenessTally& tally, Language language) {
    std::vector<std::string> lines;
    std::string required;
    for (const auto kind : tally.conditions.required)
        required += (required.empty() ? "" : ", ") + std::string(liveness::word(kind));
    lines.push_back(fmt::format("{}{}", say(language, "必須の証拠: ", "required evidence: "), required));
    lines.push_back(fmt::format("{:<18}{:<10}{:<32}{}", say(language, "kind", "kind"), "origin",
                                "APCER / BPCER (95 %)", "no response (APNRR / BPNRR)"));
    for (const auto& [key, group] : tally.groups) {
        lines.push_back(
            fmt::format("{:<18}{:<10}{:<32}{}", key.second, word(key.first),
                        rate_text(group.count(rates_of(key.second).wrong), group.presentations),
                        rate_text(group.count(Classification::no_response), group.presentations)));
        std::string kinds;
        for (std::size_t i = 0; i < group.kinds.size(); ++i) {
            const auto passed = at(group.kinds[i], liveness::Outcome::pass);
            const auto failed = at(group.kinds[i], liveness::Outcome::fail);
            if (static_cast<liveness::Kind>(i) >= liveness::Kind::head_turn ? passed + failed > 0
                                                                            : failed > 0)
                kinds += fmt::format("  {} {}+ {}-", liveness::word(static_cast<liveness::Kind>(i)), passed,
                                     failed);
        }
        if (!kinds.empty())
            lines.push_back("    " + kinds);
    }
    if (tally.unusable > 0)
        lines.push_back(
            fmt::format("{}{}", say(language, "使えなかったもの: ", "not usable: "), tally.unusable));
    lines.emplace_back(say(language, about));
    return lines;
}

} // namespace kaomon::evaluate
