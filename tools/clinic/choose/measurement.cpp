#include "tools/clinic/choose/measurement.hpp"

#include "tools/words/place.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace kaomon::choose {
namespace {

namespace json = boost::json;

constexpr std::size_t most_criteria = 200, most_series = 50, most_samples = 20'000;

json::object both(const Text& text) {
    return {{"ja", text.ja}, {"en", text.en}};
}

std::string text_of(const json::object& object, std::string_view key) {
    return std::string(object.at(key).as_string());
}

Text text_pair(const json::object& object, std::string_view key) {
    const json::object& pair = object.at(key).as_object();
    return {text_of(pair, "ja"), text_of(pair, "en")};
}

template<Worded E>
E worded(const json::object& object, std::string_view key) {
    const std::string said = text_of(object, key);
    if (const auto known = from_word<E>(said))
        return *known;
    throw std::invalid_argument(std::string(key) + ": " + said);
}

Criterion criterion_of(const json::object& object) {
    Criterion one;
    one.word = text_of(object, "word");
    one.name = text_pair(object, "name");
    if (!object.at("value").is_null())
        one.value = object.at("value").to_number<double>();
    one.unit = text_of(object, "unit");
    one.shown = text_pair(object, "shown");
    one.grade = worded<Grade>(object, "grade");
    one.reason = text_pair(object, "reason");
    return one;
}

Series series_from(const json::object& object) {
    Series one{text_of(object, "word"), text_pair(object, "name"), text_of(object, "unit"), {}};
    const json::array& samples = object.at("samples").as_array();
    if (samples.size() > most_samples)
        throw std::invalid_argument("too many samples");
    for (const json::value& sample : samples)
        one.samples.push_back(sample.to_number<double>());
    return one;
}

Measurement measurement_of(const json::object& object) {
    Measurement one;
    one.device = worded<Device>(object, "device");
    one.name = text_of(object, "name");
    one.id = text_of(object, "id");
    one.simulated = text_of(object, "simulated");
    const auto on = parse_day(text_of(object, "on"));
    if (!on)
        throw std::invalid_argument("no day");
    one.on = *on;
    const json::array& criteria = object.at("criteria").as_array();
    const json::array& series = object.at("series").as_array();
    if (criteria.size() > most_criteria || series.size() > most_series)
        throw std::invalid_argument("too many of them");
    for (const json::value& value : criteria)
        one.criteria.push_back(criterion_of(value.as_object()));
    for (const json::value& value : series)
        one.series.push_back(series_from(value.as_object()));
    return one;
}

} // namespace

const Text& grade_text(Grade grade) {
    static const std::array<Text, 4> texts{{{"合格", "pass"},
                                            {"条件付き", "conditional"},
                                            {"購入しない", "don't buy"},
                                            {"測っていません", "not measured"}}};
    return texts[static_cast<std::size_t>(grade)];
}

const Criterion* Measurement::find(std::string_view word) const {
    const auto found = std::ranges::find(criteria, word, &Criterion::word);
    return found == criteria.end() ? nullptr : &*found;
}

const Series* Measurement::series_of(std::string_view word) const {
    const auto found = std::ranges::find(series, word, &Series::word);
    return found == series.end() ? nullptr : &*found;
}

std::string print(const Measurement& measurement) {
    json::array criteria, series;
    for (const Criterion& one : measurement.criteria) {
        json::object object{
            {"word", one.word}, {"name", both(one.name)}, {"value", nullptr}, {"unit", one.unit}};
        if (one.value)
            object["value"] = *one.value;
        object["shown"] = both(one.shown);
        object["grade"] = word(one.grade);
        object["reason"] = both(one.reason);
        criteria.push_back(std::move(object));
    }
    for (const Series& one : measurement.series)
        series.push_back(json::object{{"word", one.word},
                                      {"name", both(one.name)},
                                      {"unit", one.unit},
                                      {"samples", json::array(one.samples.begin(), one.samples.end())}});
    return json::serialize(json::object{{"device", word(measurement.device)},
                                        {"name", measurement.name},
                                        {"id", measurement.id},
                                        {"simulated", measurement.simulated},
                                        {"on", iso(measurement.on)},
                                        {"criteria", std::move(criteria)},
                                        {"series", std::move(series)}}) +
           "\n";
}

Outcome<Measurement> parse(std::string_view text) {
    std::string why;
    try {
        return measurement_of(json::parse(text).as_object());
    } catch (const std::exception& error) { // Boost.JSON's, or one of ours above
        why = error.what();
    }
    return trouble(exit_usage, "measurement_invalid",
                   {"測定の記録を読めません" + place_in(why) + "。",
                    "the record of a measurement cannot be read: " + why},
                   {"もう一度 kaomon-clinic choose measure で測ってください。",
                    "measure again with kaomon-clinic choose measure"});
}

} // namespace kaomon::choose
