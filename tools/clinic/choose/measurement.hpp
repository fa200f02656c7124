// What was measured of one candidate, a reader or a camera: how the rooms of `choose` hand it to each other
// and how it stands in the clinic's folder.
#pragma once

#include "proto/words.hpp"
#include "tools/words/day.hpp"
#include "tools/words/trouble.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::choose {

enum class Device : unsigned char { reader, camera };
consteval auto words_of(Device) {
    return in_words("reader", "camera");
}

// Of one criterion and of a whole candidate: 合格, 条件付き, 購入しない. not_measured says nothing for or
// against.
enum class Grade : unsigned char { pass, conditional, fail, not_measured };
consteval auto words_of(Grade) {
    return in_words("pass", "conditional", "fail", "not_measured");
}
const Text& grade_text(Grade grade);

struct Criterion {
    std::string word; // snake_case, for machines: "frame_rate"
    Text name;
    std::optional<double> value{};
    std::string unit{}; // of value: "ms", "1/s", "px"; empty: none
    Text shown{};       // what was seen, for people, where it is no number; empty: value and unit
    Grade grade = Grade::not_measured;
    Text reason{}; // one sentence: why this grade
};

struct Series {       // for the plots
    std::string word; // "apdu_overhead"
    Text name;
    std::string unit;
    std::vector<double> samples;
};

struct Measurement {
    Device device = Device::reader;
    std::string name;      // as the person calls the candidate: "A"
    std::string id;        // PC/SC name and USB id; stable id of a camera
    std::string simulated; // empty for a real device; else what is simulated
    Date on{};
    std::vector<Criterion> criteria;
    std::vector<Series> series;

    const Criterion* find(std::string_view word) const;
    const Series* series_of(std::string_view word) const;
};

// As JSON text, and back; reads what print() wrote and refuses what cannot be. Reason word:
// measurement_invalid.
std::string print(const Measurement& measurement);
Outcome<Measurement> parse(std::string_view json);

} // namespace kaomon::choose
