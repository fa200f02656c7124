#include "drivers/fault/fault_schedule.hpp"

namespace kaomon::fault {
namespace {

constexpr std::size_t most_waiting =
    1024; // lines; a script that never lets an APDU pass cannot fill the memory

} // namespace

std::optional<Fault> FaultSchedule::add(const Fault& fault) {
    if (fault.after > 0) {
        if (waiting_.size() < most_waiting)
            waiting_.push_back(fault);
        return std::nullopt;
    }
    if (fault.verb == Verb::clear)
        waiting_.clear();
    return fault;
}

std::vector<Fault> FaultSchedule::arrive() {
    std::vector<Fault> due, later;
    for (Fault fault : waiting_) {
        if (fault.after == 0) {
            due.push_back(fault);
            if (fault.verb == Verb::clear)
                later.clear();
        } else {
            --fault.after;
            later.push_back(fault);
        }
    }
    waiting_ = std::move(later);
    return due;
}

} // namespace kaomon::fault
