#include "tools/evaluate/fusion_report.hpp"

#include "tools/evaluate/report_words.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace kaomon::evaluate {
namespace {

namespace json = boost::json;

json::object as_object(const Rate& rate) {
    return {{"value", rate.value}, {"lowest", rate.lowest}, {"highest", rate.highest}};
}

std::string percent(const Rate& rate) {
    return fmt::format("{:.2f} % ({:.2f}–{:.2f})", 100 * rate.value, 100 * rate.lowest, 100 * rate.highest);
}

std::string points(const Rate& change, std::string_view unit) {
    return fmt::format("{:+.2f} {} ({:+.2f} … {:+.2f})", 100 * change.value, unit, 100 * change.lowest,
                       100 * change.highest);
}

std::string weights_of(const FusionReport& report) {
    std::string all;
    for (const Fold& fold : report.folds)
        all += fmt::format("{}{:.1f}", all.empty() ? "" : " ", fold.weight);
    return all;
}

} // namespace

std::string as_text(const FusionReport& report, Language language) {
    const Text name = score_name(report.kind);
    const std::string& score = say(language, name);
    const auto lines = {
        Text{fmt::format("顔 {} 枚、{}、どのグループも FMR {:g} 以下、分割 {} 通り", report.faces, score,
                         report.rate, report.folds.size()),
             fmt::format("{} faces, {} score, no group above FMR {:g}, {} folds", report.faces, score,
                         report.rate, report.folds.size())},
        Text{"本人拒否率（FNMR、95 % 区間）：", "FNMR with 95 % interval:"},
        Text{"  1 つ目だけ      " + percent(report.first), "  first alone   " + percent(report.first)},
        Text{"  2 つ目だけ      " + percent(report.second), "  second alone  " + percent(report.second)},
        Text{"  両方            " + percent(report.fused), "  both          " + percent(report.fused)},
        Text{"  差              " + points(report.change, "ポイント"),
             "  change        " + points(report.change, "points")},
        Text{"2 つ目の重み（測った人を含まない半分で決めたもの）: " + weights_of(report),
             "weights of the second, each chosen on the half that did not measure it: " +
                 weights_of(report)}};
    std::string text;
    for (const Text& line : lines)
        text += fmt::format("{}{}", text.empty() ? "" : "\n", say(language, line));
    return text;
}

std::string as_json(const FusionReport& report) {
    json::array folds;
    for (const Fold& fold : report.folds) {
        folds.push_back(json::object{{"weight", fold.weight},
                                     {"mated", fold.mated},
                                     {"first", fold.first},
                                     {"fused", fold.fused},
                                     {"second", fold.second}});
    }
    return json::serialize(json::object{{"schema", "kaomon.fusion/1"},
                                        {"score", word(report.kind)},
                                        {"fmr", report.rate},
                                        {"faces", report.faces},
                                        {"first", as_object(report.first)},
                                        {"fused", as_object(report.fused)},
                                        {"second", as_object(report.second)},
                                        {"change", as_object(report.change)},
                                        {"folds", std::move(folds)}});
}

} // namespace kaomon::evaluate
