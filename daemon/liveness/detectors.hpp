// The list of detectors.
#pragma once

#include "daemon/liveness/detector.hpp"

#include <memory>
#include <vector>

namespace kaomon::liveness {

// One of each that kinds.inc names, in its order: together they have evidence of every kind, once.
std::vector<std::unique_ptr<Detector>> make_detectors();

} // namespace kaomon::liveness
