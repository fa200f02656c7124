// What the clinic has done: steps.json in its folder.
#pragma once

#include "tools/words/day.hpp"
#include "tools/words/trouble.hpp"

#include <map>
#include <string>
#include <string_view>

namespace kaomon::introduction {

struct Done {
    Date on{};
    std::string number; // 受付番号, an order number; may be empty
    std::string note;
    friend bool operator==(const Done&, const Done&) = default;
};

using Record = std::map<int, Done>; // by the step's number, 1..9

inline constexpr const char* record_file = "steps.json";
inline constexpr std::size_t longest_number = 64, longest_note = 400; // bytes

std::string print(const Record& record);
// Word: record_invalid.
Outcome<Record> parse_record(std::string_view json);

} // namespace kaomon::introduction
