#include "daemon/liveness/detectors.hpp"

#include "daemon/liveness/blink.hpp"
#include "daemon/liveness/directed_movement.hpp"
#include "daemon/liveness/feed.hpp"
#include "daemon/liveness/flash.hpp"
#include "daemon/liveness/head_turn.hpp"
#include "daemon/liveness/moire.hpp"
#include "daemon/liveness/photo_replay.hpp"

namespace kaomon::liveness {
namespace {

template<class Next>
void add(std::vector<std::unique_ptr<Detector>>& all) {
    const Detector* const last = all.empty() ? nullptr : all.back().get();
    if (dynamic_cast<const Next*>(last) == nullptr) // else: another kind of the same one
        all.push_back(std::make_unique<Next>());
}

} // namespace

std::vector<std::unique_ptr<Detector>> make_detectors() {
    std::vector<std::unique_ptr<Detector>> all;
#define X(kind, detector, ...) add<detector>(all);
#include "daemon/liveness/kinds.inc"
#undef X
    return all;
}

} // namespace kaomon::liveness
