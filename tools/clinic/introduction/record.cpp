#include "tools/clinic/introduction/record.hpp"

#include "tools/words/place.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace kaomon::introduction {
namespace {

namespace json = boost::json;

std::string text_of(const json::object& object, std::string_view key, std::size_t longest) {
    const std::string text(object.at(key).as_string());
    if (text.size() > longest ||
        std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; }))
        throw std::invalid_argument(std::string(key) + " is too long or no line");
    return text;
}

Record record_of(const json::object& object) {
    Record record;
    for (const auto& [key, value] : object) {
        int step = 0;
        const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), step);
        if (error != std::errc{} || end != key.data() + key.size() || step < 1 || step > 9)
            throw std::invalid_argument("no step: " + std::string(key));
        const json::object& done = value.as_object();
        const auto on = parse_day(text_of(done, "on", 10));
        if (!on)
            throw std::invalid_argument("no day");
        record[step] = {*on, text_of(done, "number", longest_number), text_of(done, "note", longest_note)};
    }
    return record;
}

} // namespace

std::string print(const Record& record) {
    std::string text = "{";
    for (const auto& [step, done] : record)
        text +=
            (text.size() == 1 ? "\n  \"" : ",\n  \"") + std::to_string(step) + "\": " +
            json::serialize(json::object{{"on", iso(done.on)}, {"number", done.number}, {"note", done.note}});
    return text + "\n}\n";
}

Outcome<Record> parse_record(std::string_view text) {
    std::string why;
    try {
        return record_of(json::parse(text).as_object());
    } catch (const std::exception& error) { // Boost.JSON's, or one of ours above
        why = error.what();
    }
    return trouble(
        exit_usage, "record_invalid",
        {"手順の記録 steps.json を読めません" + place_in(why) + "。", "steps.json cannot be read: " + why},
        {"ファイルを直すか、消して記録し直してください。",
         "mend the file, or remove it and record the steps again"});
}

} // namespace kaomon::introduction
