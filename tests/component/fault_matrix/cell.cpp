#include "tests/component/fault_matrix/cell.hpp"

#include "tests/component/fault_matrix/expectation.hpp"

#include <algorithm>
#include <optional>

namespace kaomon::test {
namespace {

constexpr int most_entries = 3; // of a person who is asked again

// How the daemon's log says that this session ended; the one way where the caller hears no more.
std::optional<std::string> reason_in_log(FaultedDesk& desk, const std::string& session) {
    const std::string log = desk.log_since_mark();
    for (const std::string_view decision : {"undecided", "verified", "not_verified"}) {
        const auto line = "session " + session.substr(0, 8) + ": " + std::string(decision) + ", ";
        if (const auto at = log.find(line); at != std::string::npos) {
            const auto begins = at + line.size();
            return log.substr(begins, log.find(',', begins) - begins);
        }
    }
    return std::nullopt;
}

// Follows the visit to its end, as the person and the caller of that expectation do.
std::string follow(FaultedDesk& desk, const Expectation& expected, double longest) {
    RunningVisit& visit = *desk.visit;
    const double end = monotonic_seconds() + longest;
    int entries = 0;
    while (!visit.over() && monotonic_seconds() < end) {
        if (!visit.step(0.05))
            continue;
        const bool by_pin = visit.state() == "waiting_method";
        if (expected.then == Then::again && by_pin && !visit.hint().empty() &&
            visit.hint() != "method_missing")
            return visit.hint();
        if (expected.then != Then::goes_on || entries == most_entries)
            continue;
        if (by_pin && visit.hint() == "method_missing") {
            ++entries;
            desk.give_pin();
        } else if (visit.state() == "waiting_access_number" && visit.hint() == "access_number_missing") {
            ++entries;
            desk.give_number();
        }
    }
    if (visit.decision() == "verified")
        return visit.decision();
    if (!visit.decision().empty())
        return visit.reason();
    std::optional<std::string> logged;
    if (!visit.session().empty())
        eventually(
            [&] {
                return (logged = reason_in_log(desk, visit.session())) || !desk.desk().daemon().running();
            },
            std::max(0.0, end - monotonic_seconds()));
    if (logged)
        return *logged;
    if (!visit.over())
        return "still_" + visit.state();
    return visit.reason().empty() ? std::string(lost_word) : visit.reason();
}

void look_for_leaks(FaultedDesk& desk, Baseline& baseline, Cell& cell) {
    const pid_t process = desk.desk().daemon().pid();
    const bool same_life = baseline.process == process && cell.fault != "daemon_reloaded";
    const auto as_before = [&] {
        baseline.last = census_of(process);
        return !same_life || (baseline.last.descriptors == baseline.first.descriptors &&
                              baseline.last.children == baseline.first.children);
    };
    if (!eventually(as_before, 3))
        cell.wrong.push_back("leak: " + std::to_string(baseline.last.descriptors) + " descriptors and " +
                             std::to_string(baseline.last.children) + " children, before " +
                             std::to_string(baseline.first.descriptors) + " and " +
                             std::to_string(baseline.first.children));
    if (!same_life)
        baseline = {process, baseline.last, baseline.last};
    baseline.process = process;
}

} // namespace

Cell run_cell(FaultedDesk& desk, const Fault& fault, const Stage& stage, Baseline& baseline,
              bool visits_after) {
    const Expectation& expected = expectation_of(fault.name, stage.name);
    Cell cell{fault.name, stage.name, {}, 0, {}};
    desk.mark_log();
    desk.camera_is_dark = fault.part == Part::camera && stage.name != "idle";
    if (expected.deadline_ms != 0)
        desk.deadline_ms = expected.deadline_ms;
    stage.reach(desk);
    if (desk.visit && desk.visit->state() != stage.name)
        cell.wrong.push_back("not reached: " + desk.visit->state() + " " + desk.visit->reason());

    fault.inject(desk);
    const double since = monotonic_seconds();
    const bool verifies = has_word(expected.reasons, "verified");
    const double limit = (verifies ? whole_visit : within) + expected.beyond + expected.deadline_ms / 1000.0;
    try {
        if (expected.then != Then::nothing || stage.name == "idle")
            stage.release(desk);
        cell.outcome = follow(desk, expected, limit + whole_visit);
    } catch (const std::runtime_error&) { // nobody listens
        cell.outcome = lost_word;
    }
    cell.seconds = monotonic_seconds() - since;
    if (!has_word(expected.reasons, cell.outcome))
        cell.wrong.push_back("expected " + std::string(expected.reasons));
    if (cell.seconds > limit)
        cell.wrong.push_back("later than " + std::to_string(limit) + " s");

    fault.heal(desk);
    if (!desk.recover())
        cell.wrong.emplace_back("the desk does not come back");
    if (visits_after) {
        if (const auto next = desk.desk().visit(desk.desk().number(desk.card())); next.decision != "verified")
            cell.wrong.push_back("the next visit: " + next.decision + " " + next.reason);
    }
    if (const auto gone = desk.tries_gone(); !gone.empty())
        cell.wrong.push_back("tries: " + gone);
    look_for_leaks(desk, baseline, cell);
    return cell;
}

} // namespace kaomon::test
