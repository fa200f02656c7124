// What a contest found: rows of contestants, as a table for the terminal and as JSON.
#pragma once

#include "tests/bench/contest.hpp"

namespace kaomon::bench {

struct Row {
    std::string task;
    std::vector<Contestant> contestants = {};
    double work = 0;       // multiplications, 0: not told
    std::string note = {}; // in words, after the table
    // How many times as fast as the one all are held against: OpenCV, or else the first.
    double speed(const Contestant& one) const;
};

// `peak`: GMAC/s of fp32 that the core can do, measured in turn with the embedder.
void print(const std::vector<Row>& rows, double peak);
// Throws std::runtime_error where the file cannot be written.
void write_json(const char* path, const std::vector<Row>& rows, double peak);

} // namespace kaomon::bench
