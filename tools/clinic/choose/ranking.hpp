// Which candidate to buy. The rule is the one a person would give: a candidate is as good as its worst
// criterion; among equals the one with fewer reservations, then the one that is better where it is felt at
// the desk.
#pragma once

#include "tools/clinic/choose/measurement.hpp"

#include <span>

namespace kaomon::choose {

struct Ranked {
    const Measurement* candidate = nullptr;
    Grade grade = Grade::not_measured; // its worst criterion's
    Text reason;                       // one sentence
    int reservations = 0;              // criteria that are not `pass`
};

// The criterion that is felt at the desk, of which the better value wins among equals: a reader's time to
// read the photograph (less is better), a camera's share of frames that pass the quality gate (more is
// better).
std::string_view felt_criterion(Device device) noexcept;

Ranked judge(const Measurement& candidate);
// Of one kind of device, best first. The measurements must outlive the result. Reentrant.
std::vector<Ranked> rank(std::span<const Measurement> measurements, Device device);

} // namespace kaomon::choose
