// What must come of each fault in each state.
#pragma once

#include <cstdint>
#include <string_view>

namespace kaomon::test {

// What the person and the caller do after the fault.
enum class Then : std::uint8_t {
    nothing, // the fault ends the visit, or it goes on by itself
    goes_on, // what held the visit in its state is let go at once
    again,   // the same; and the visit asks for another PIN or method because of the fault, which is its end
             // here
};

struct Expectation {
    std::string_view fault;
    std::string_view stages;  // words; "*": all that no later line of this fault names
    std::string_view reasons; // words, one of which it must be; "verified" is the decision
    Then then;
    double beyond = 0;   // seconds it may take beyond the two that every visit has to be over in
    int deadline_ms = 0; // of the visit, where that is what ends it; 0: far away
};

inline constexpr double within = 2;       // seconds from the fault to the end of the visit
inline constexpr double whole_visit = 15; // that goes on and verifies; how fast it is, benchmarks tell
inline constexpr std::string_view lost_word =
    "lost"; // the connection ended without a word: nobody is left to say one

const Expectation& expectation_of(std::string_view fault, std::string_view stage);
bool has_word(std::string_view words, std::string_view word);

} // namespace kaomon::test
