// What is counted over the daemon's life: events by label, and durations by bucket.
#pragma once

#include "daemon/metrics/page.hpp"
#include "drivers/base/clock.hpp"

#include <array>
#include <cstdint>
#include <map>

namespace kaomon::metrics {

// Values of labels are words of ours, never what a caller sends: there are only so many series. Thread-bound.
class Counter {
  public:
    // Names and help live as long as the program.
    Counter(std::string_view name, std::string_view help, std::vector<std::string_view> labels)
        : name_(name), help_(help), labels_(std::move(labels)) {}

    // One value for each label.
    void add(std::vector<std::string> values) { ++counts_[std::move(values)]; }
    void write(Page& page) const;

  private:
    std::string_view name_, help_;
    std::vector<std::string_view> labels_;
    std::map<std::vector<std::string>, std::uint64_t> counts_;
};

// Seconds, in one series for each value of one label. Thread-bound.
class Durations {
  public:
    Durations(std::string_view name, std::string_view help, std::string_view label)
        : name_(name), help_(help), label_(label) {}

    void add(std::string_view value, Milliseconds duration);
    void write(Page& page) const;

    // Upper ends, seconds: a read of the card takes 0.3 to 3 s, a face 0.5 to 5, a person who looks for a
    // number up to the longest session.
    static constexpr std::array bounds{0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 8.0, 15.0, 30.0, 60.0, 120.0};

  private:
    struct Spread {
        std::array<std::uint64_t, bounds.size()> up_to{}; // the first bucket that holds it
        std::uint64_t count = 0;
        double sum = 0;
    };
    std::string_view name_, help_, label_;
    std::map<std::string, Spread, std::less<>> spreads_;
};

} // namespace kaomon::metrics
