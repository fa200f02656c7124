// What an examination of the record can find. Each says what is so, never who did it.
#pragma once

#include "proto/words.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kaomon::audit {

enum class FindingKind : std::uint8_t {
    not_a_line,       // bytes that this program does not write
    altered,          // a record does not fit its own hash
    records_missing,  // numbers are left out between two records
    out_of_order,     // a record with a lower number follows one with a higher
    does_not_follow,  // the numbers fit, the hash of the record before does not
    begins_later,     // the first record that is there is not number 1
    cut_at_end,       // the head knows records that are not there
    rewritten,        // the head knows another record of that number
    head_missing,     // there is no signed head beside the record
    head_unreadable,  // it is damaged, or no known key signed it
    head_behind,      // more records follow it than a power cut explains
    inner_head_wrong, // a signed head in the record is of another record, or not signed by a known key
    gap_noted,        // the daemon noted at a start that something did not fit
    clock_back,       // a record is older than the one before it
    half_a_line,      // the file ends within a line
    result_missing,   // a stored result names a record that is not there
    result_differs,   // a stored result names a record that is another one's
};
consteval auto words_of(FindingKind) {
    return in_words("not_a_line", "altered", "records_missing", "out_of_order", "does_not_follow",
                    "begins_later", "cut_at_end", "rewritten", "head_missing", "head_unreadable",
                    "head_behind", "inner_head_wrong", "gap_noted", "clock_back", "half_a_line",
                    "result_missing", "result_differs");
}

struct Finding {
    FindingKind kind = FindingKind::not_a_line;
    std::uint64_t record = 0; // number: of the first one concerned; 0: none can be named
    std::uint64_t until = 0;  // and of the last one, where it is more than one
    std::string file;         // in which file of the record, by its name
    std::uint64_t line = 0;   // of that file, from 1; 0: of no line
    std::string detail{};     // English, for engineers: "no_key", "head_missing", "3600 s"
};

} // namespace kaomon::audit
