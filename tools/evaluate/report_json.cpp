// The report as JSON, schema "kaomon.evaluation/1":
//
//   schema date version model arithmetic images people bad_lines unreadable threads draws
//   seconds{acquiring,comparing}
//
//   groups[]        {name images people failures_to_acquire}
//
//   population      {images source date groups[]{name images}}, absent without one
//
//   acquisition     {live, card}: {attempts failures failure_rate by_reason{word: count}}; card absent
//   without it
//
//   speed[]         {step median_ms fastest_ms images}: decode observe embed card, of one image on one thread
//
//   comparisons[]   one for each kind of score and pair of sides:
//
//     score         cosine | normalised
//     sides         "live x live" | "card x live"
//     mated mated_people non_mated   numbers of comparisons
//     thresholds[]  {among comparisons people wanted[]}; among: a group, null for everybody with everybody
//       wanted[]    {fmr threshold fused[]}; what too few comparisons cannot measure is not there
//         fused[]   {views fnmr fmr}: k fused views at that threshold; fmr of everybody
//     at[]          {name threshold fmr fnmr groups[] ratio}: policies, and where no group passes a rate
//       groups[]    {group comparisons fmr fnmr}: a group among itself
//       ratio       highest fmr of a group over the lowest
//     settled       {pairs settled at[]}: decided by two strong views; absent where fewer than three are
//     fused
//       at[]        {name threshold fnmr fmr fused[]}: at the policies; fused as above
//     det[]         {name points[][fmr, fnmr]}
//     discard       {threshold measures[]{measure points[][share discarded, fnmr]}}
//
// A rate or threshold is {value lowest highest}, the last two a 95 % interval; null where it is not known.
#include "tools/evaluate/report.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace kaomon::evaluate {
namespace {

namespace json = boost::json;

json::value of(const std::optional<Rate>& rate) {
    if (!rate)
        return nullptr;
    return json::object{{"value", rate->value}, {"lowest", rate->lowest}, {"highest", rate->highest}};
}

template<class Range, class Make>
json::array list(const Range& range, const Make& make) {
    json::array made;
    for (const auto& one : range)
        made.push_back(make(one));
    return made;
}

json::array of(const std::vector<Point>& points) {
    return list(points, [](const Point& p) { return json::array{p.x, p.y}; });
}

json::object of(const Acquisition& side) {
    json::object reasons;
    for (const auto& [reason, count] : side.failures)
        reasons[reason] = count;
    const auto n = static_cast<double>(side.attempts);
    return {{"attempts", side.attempts},
            {"failures", side.failed()},
            {"failure_rate", n > 0 ? static_cast<double>(side.failed()) / n : 0},
            {"by_reason", std::move(reasons)}};
}

json::array of(const std::vector<Fused>& fused) {
    return list(fused, [](const Fused& one) {
        return json::object{
            {"views", one.views}, {"fnmr", of(one.false_non_match)}, {"fmr", of(one.false_match)}};
    });
}

json::object of(const ThresholdTable& table) {
    const auto wanted = [&](const WantedRate& one) {
        return json::object{
            {"fmr", one.rate}, {"threshold", of(std::optional(one.threshold))}, {"fused", of(one.fused)}};
    };
    return {{"among", table.everybody ? json::value(nullptr) : json::value(table.among)},
            {"comparisons", table.comparisons},
            {"people", table.people},
            {"wanted", list(table.wanted, wanted)}};
}

json::object of(const AtThreshold& row) {
    const auto group = [](const GroupRates& one) {
        return json::object{{"group", one.group},
                            {"comparisons", one.comparisons},
                            {"fmr", of(one.false_match)},
                            {"fnmr", of(one.false_non_match)}};
    };
    return {{"name", row.name},
            {"threshold", row.threshold},
            {"fmr", of(row.false_match)},
            {"fnmr", of(row.false_non_match)},
            {"groups", list(row.groups, group)},
            {"ratio", row.ratio ? json::value(*row.ratio) : json::value(nullptr)}};
}

json::object of(const SettledAtOnce& early) {
    const auto at = [](const SettledAt& one) {
        return json::object{{"name", one.policy},
                            {"threshold", one.threshold},
                            {"fnmr", of(one.false_non_match)},
                            {"fmr", of(one.false_match)},
                            {"fused", of(one.fused)}};
    };
    return {{"pairs", early.pairs}, {"settled", early.settled}, {"at", list(early.at, at)}};
}

json::object of(const Comparisons& one) {
    json::object made{{"score", word(one.kind)},
                      {"sides", one.card ? "card x live" : "live x live"},
                      {"mated", one.mated},
                      {"mated_people", one.mated_people},
                      {"non_mated", one.non_mated},
                      {"thresholds", list(one.thresholds, [](const auto& table) { return of(table); })},
                      {"at", list(one.at, [](const auto& row) { return of(row); })},
                      {"det", list(one.detection_error_trade_off,
                                   [](const Curve& curve) {
                                       return json::object{{"name", curve.name},
                                                           {"points", of(curve.points)}};
                                   })},
                      {"discard", json::object{{"threshold", one.discard_threshold},
                                               {"measures", list(one.discard, [](const Discard& curve) {
                                                    return json::object{{"measure", curve.measure},
                                                                        {"points", of(curve.points)}};
                                                })}}}};
    if (one.settled_at_once)
        made["settled"] = of(*one.settled_at_once);
    return made;
}

} // namespace

std::string as_json(const Report& report) {
    json::object acquisition{{"live", of(report.live)}};
    if (report.card)
        acquisition["card"] = of(*report.card);
    json::object made{{"schema", "kaomon.evaluation/1"},
                      {"date", report.date},
                      {"version", report.version},
                      {"model", report.model},
                      {"arithmetic", report.arithmetic},
                      {"images", report.images},
                      {"people", report.people},
                      {"bad_lines", report.bad_lines},
                      {"unreadable", report.unreadable},
                      {"threads", report.threads},
                      {"draws", report.draws},
                      {"seconds", json::object{{"acquiring", report.seconds_acquiring},
                                               {"comparing", report.seconds_comparing}}},
                      {"groups", list(report.groups,
                                      [](const GroupSize& group) {
                                          return json::object{{"name", group.name},
                                                              {"images", group.images},
                                                              {"people", group.people},
                                                              {"failures_to_acquire", group.failures}};
                                      })},
                      {"acquisition", std::move(acquisition)},
                      {"speed", list(report.speed,
                                     [](const Speed& step) {
                                         return json::object{{"step", step.step},
                                                             {"median_ms", step.median},
                                                             {"fastest_ms", step.fastest},
                                                             {"images", step.images}};
                                     })},
                      {"comparisons", list(report.comparisons, [](const auto& one) { return of(one); })}};
    if (report.population) {
        made["population"] =
            json::object{{"images", report.population->images},
                         {"source", report.population->source},
                         {"date", report.population->date},
                         {"groups", list(report.population->groups, [](const match::GroupSize& group) {
                              return json::object{{"name", group.name}, {"images", group.images}};
                          })}};
    }
    return json::serialize(made) + "\n";
}

} // namespace kaomon::evaluate
