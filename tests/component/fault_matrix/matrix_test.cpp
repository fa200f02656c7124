// Every fault in every state of a visit, on real parts: the reason that is expected, in the time that is, no
// try spent, nothing left open, and the next visit succeeds. tests/faults runs all of it. By itself the
// program runs a sample: each fault in the state in which it matters most.
//   KAOMON_FAULTS   FAULT/STATE, each a part of a name; "" is all of them
#include "tests/component/fault_matrix/table.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <thread>

namespace kaomon::test {
namespace {

constexpr long most_growth = 16L * 1024; // KiB in one life of the daemon, however many visits it had

struct Choice {
    std::optional<std::string> fault, stage; // parts of names; empty: the sample

    static Choice from_environment() {
        const char* given = std::getenv("KAOMON_FAULTS");
        if (given == nullptr)
            return {};
        const std::string text = given;
        const auto slash = text.find('/');
        return {text.substr(0, slash), slash == std::string::npos ? "" : text.substr(slash + 1)};
    }
    bool is_sample() const { return !fault; }
    bool takes(const Fault& one, const Stage& state) const {
        return is_sample() ? one.matters_in == state.name
                           : one.name.contains(*fault) && state.name.contains(*stage);
    }
};

TEST(FaultMatrix, EveryFaultIsSaidHealedAndCostsNothing) {
    FaultedDesk desk;
    const Choice choice = Choice::from_environment();
    ASSERT_EQ(desk.desk().visit(desk.desk().number(desk.card())).decision, "verified");
    std::this_thread::sleep_for(std::chrono::seconds(1)); // the last connection and photo worker go
    Baseline baseline{desk.desk().daemon().pid(), census_of(desk.desk().daemon().pid()), {}};
    if (baseline.first.descriptors < 0)
        std::cout << "descriptors of the daemon cannot be counted: not root\n";
    std::vector<Cell> cells;
    long growth = 0;
    bool without_disk = false;
    for (const Fault& fault : faults()) {
        for (const Stage& stage : stages()) {
            if (!choice.takes(fault, stage))
                continue;
            if (fault.needs_disk && !desk.has_disk()) {
                without_disk = true;
                continue;
            }
            cells.push_back(run_cell(desk, fault, stage, baseline, !choice.is_sample()));
            growth = std::max(growth, baseline.last.resident - baseline.first.resident);
            const Cell& done = cells.back();
            if (!choice.is_sample() || !done.wrong.empty())
                std::cerr << done.fault << " in " << done.stage << ": " << done.outcome << " " << done.seconds
                          << (done.wrong.empty() ? "" : " WRONG: " + done.wrong.front()) << "\n";
            ASSERT_TRUE(desk.desk().daemon().running()) << desk.desk().daemon().log();
        }
    }
    ASSERT_FALSE(cells.empty()) << "no cell of that name";
    EXPECT_EQ(desk.desk().visit(desk.desk().number(desk.card())).decision, "verified");
    EXPECT_LT(growth, most_growth) << "KiB of resident memory";
    if (without_disk)
        std::cout << "no disk of its own: the faults of a disk were left out; root has them all\n";
    std::cout << print(cells) << "resident memory grew by " << growth << " KiB at most\n";
    for (const Cell& cell : cells)
        EXPECT_TRUE(cell.wrong.empty()) << cell.fault << " in " << cell.stage << ": " << cell.outcome;
}

} // namespace
} // namespace kaomon::test
