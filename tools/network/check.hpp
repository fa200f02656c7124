// What was found of a line: one line of the report for each thing that was looked at.
#pragma once

#include "drivers/base/clock.hpp"
#include "tools/network/expectation.hpp"

#include <filesystem>
#include <functional>
#include <vector>

namespace kaomon::network {

// not_checkable: it lies in the closed network and nothing there answers from here. Never counted as good.
enum class State : unsigned char { good, attention, failed, not_checkable };
std::string_view word(State state) noexcept;

struct Check {
    std::string word; // snake_case, for machines: "dns"
    Text name;
    State state = State::failed;
    Text expected, seen;
    Text ask; // what to read to the carrier; empty where it is good
};

struct Settings {
    std::string interface;       // empty: all
    Milliseconds patience{2000}; // for each answer
    std::filesystem::path resolv = "/etc/resolv.conf";
};

// Every check of that line, in the order in which the line is built up; the whole run takes at most some ten
// times `patience`. `progress` is called before each part, from this thread. Thread-safe.
std::vector<Check> check(const Expectation& line, const Settings& settings,
                         const std::function<void(const Text&)>& progress);

} // namespace kaomon::network
