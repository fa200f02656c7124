#include "tools/clinic/choose/comparison.hpp"

#include "tools/clinic/choose/criterion_writer.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace kaomon::choose {
namespace {

namespace json = boost::json;

json::object candidate(const Ranked& ranked, int place) {
    const Measurement& one = *ranked.candidate;
    json::array criteria;
    for (const Criterion& criterion : one.criteria) {
        json::object object{{"word", criterion.word}, {"value", nullptr}};
        if (criterion.value)
            object["value"] = *criterion.value;
        object["unit"] = criterion.unit;
        object["grade"] = word(criterion.grade);
        criteria.push_back(std::move(object));
    }
    return {{"rank", place},
            {"name", one.name},
            {"id", one.id},
            {"grade", word(ranked.grade)},
            {"reason", {{"ja", ranked.reason.ja}, {"en", ranked.reason.en}}},
            {"reservations", ranked.reservations},
            {"on", iso(one.on)},
            {"simulated", one.simulated},
            {"criteria", std::move(criteria)}};
}

json::array candidates(std::span<const Measurement> measurements, Device device) {
    json::array all;
    int place = 0;
    for (const Ranked& one : rank(measurements, device))
        all.push_back(candidate(one, ++place));
    return all;
}

} // namespace

std::string comparison_json(std::span<const Measurement> measurements, Date on) {
    json::array simulated;
    for (const Measurement& one : measurements) {
        if (!one.simulated.empty())
            simulated.push_back(json::string(one.name));
    }
    return json::serialize(json::object{{"on", iso(on)},
                                        {"simulated", std::move(simulated)},
                                        {"readers", candidates(measurements, Device::reader)},
                                        {"cameras", candidates(measurements, Device::camera)}});
}

std::string_view sign(Grade grade) noexcept {
    switch (grade) {
    case Grade::pass:
        return "○";
    case Grade::conditional:
        return "△";
    case Grade::fail:
        return "×";
    case Grade::not_measured:
        break;
    }
    return "―";
}

std::string shown(const Criterion& criterion, Language language) {
    const std::string& words = say(language, criterion.shown);
    if (!words.empty())
        return words;
    if (!criterion.value)
        return std::string(say(language, grade_text(Grade::not_measured)));
    return figure_text(*criterion.value) + (criterion.unit.empty() ? "" : " " + criterion.unit);
}

} // namespace kaomon::choose
