// Contestants measured in turn, A B C A B C ..., so that whatever else the machine does falls on all of them
// alike.
#pragma once

#include <algorithm>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

namespace kaomon::bench {

enum class Clock { thread, wall }; // thread: CPU time of this thread; wall: where another process works too

inline double milliseconds(Clock clock) {
    timespec now{};
    clock_gettime(clock == Clock::thread ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

struct Contestant {
    std::string name;
    std::function<void()> work;
    std::function<void()> ready = [] {}; // before each run of the work, outside the time
    std::vector<double> times = {};      // ms, sorted after contest()
    double least() const { return times.front(); }
    double median() const { return times[times.size() / 2]; }
};

// One warm run and one measured run of each in every round.
inline void contest(std::vector<Contestant>& all, int rounds, Clock clock) {
    for (int round = 0; round < rounds; ++round) {
        for (Contestant& one : all) {
            one.ready();
            one.work();
            one.ready();
            const double begin = milliseconds(clock);
            one.work();
            one.times.push_back(milliseconds(clock) - begin);
        }
    }
    for (Contestant& one : all)
        std::ranges::sort(one.times);
}

} // namespace kaomon::bench
