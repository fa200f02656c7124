#include "tools/clinic/choose/criterion_writer.hpp"

#include "proto/reason.hpp"
#include "tools/clinic/choose/quantile.hpp"

#include <fmt/format.h>

#include <cmath>

namespace kaomon::choose {
namespace {

std::string filled(std::string text, const std::string& figure) {
    if (const auto at = text.find("{}"); at != std::string::npos)
        text.replace(at, 2, figure);
    return text;
}

} // namespace

Grade grade_at_most(double value, const Limit& limit) noexcept {
    return value <= limit.pass ? Grade::pass : value <= limit.conditional ? Grade::conditional : Grade::fail;
}

Grade grade_at_least(double value, const Limit& limit) noexcept {
    return value >= limit.pass ? Grade::pass : value >= limit.conditional ? Grade::conditional : Grade::fail;
}

std::string figure_text(double value) {
    const double size = std::abs(value);
    if (size < 1e-6)
        return "0";
    if (size >= 100 || value == std::round(value))
        return fmt::format("{:.0f}", value);
    const std::string text = size >= 10 ? fmt::format("{:.1f}", value) : fmt::format("{:.2g}", value);
    return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
}

void CriterionWriter::add(Criterion criterion) {
    if (criterion.grade == Grade::not_measured && criterion.reason.ja.empty())
        criterion.reason = {criterion.name.ja + "を測っていません。", criterion.name.en + ": not measured"};
    measurement_.criteria.push_back(std::move(criterion));
}

void CriterionWriter::add_series(Name name, std::vector<double> samples, std::string unit) {
    if (!samples.empty())
        measurement_.series.push_back(
            {std::move(name.word), std::move(name.text), std::move(unit), std::move(samples)});
}

void CriterionWriter::add_figure(const Figure& figure) {
    Criterion one{.word = figure.name.word, .name = figure.name.text, .unit = figure.unit};
    if (std::isfinite(figure.value)) {
        one.value = figure.value;
        one.grade = figure.grade;
        if (figure.grade == Grade::conditional || figure.grade == Grade::fail) {
            const std::string text = figure_text(figure.value);
            one.reason = {filled(figure.worse.ja, text), filled(figure.worse.en, text)};
        }
    }
    add(std::move(one));
}

void CriterionWriter::add_time(const Name& name, const std::vector<double>& samples, const Limit& limit,
                               const Text& worse) {
    const double middle = median(samples);
    add_figure({name, middle, "ms", grade_at_most(middle, limit), worse});
    add_series(name, samples);
}

void CriterionWriter::add_end(Reason why) {
    if (why == Reason::cancelled)
        return add({.word = "ended",
                    .name = {"測定の終わり", "end of measuring"},
                    .shown = {"途中で終了", "ended early"},
                    .grade = Grade::not_measured,
                    .reason = {"測定を途中で終えたので、残りを測ってください。",
                               "measuring was ended early: measure the rest"}});
    const ReasonEntry& entry = describe(why);
    add({.word = "ended",
         .name = {"測定の終わり", "end of measuring"},
         .shown = {"機器が消えた", "the device went away"},
         .grade = Grade::fail,
         .reason = {"測定の途中で使えなくなりました（" + std::string(entry.japanese) + "）。",
                    "it went away while it was measured (" + std::string(entry.english) + ")"}});
}

} // namespace kaomon::choose
