// A line, held against what it must do: one finding for each thing that was looked at.
#pragma once

#include "drivers/base/clock.hpp"
#include "tools/clinic/network/expectation.hpp"
#include "tools/finding/finding.hpp"

#include <filesystem>
#include <functional>
#include <vector>

namespace kaomon::network {

struct Settings {
    std::string interface;       // empty: all
    Milliseconds patience{2000}; // for each answer
    std::filesystem::path resolv = "/etc/resolv.conf";
};

// Every check of that line, in the order in which the line is built up; the whole run takes at most some ten
// times `patience`. `progress` is called before each part, from this thread. Thread-safe.
std::vector<Finding> check(const Expectation& line, const Settings& settings,
                           const std::function<void(const Text&)>& progress);

} // namespace kaomon::network
