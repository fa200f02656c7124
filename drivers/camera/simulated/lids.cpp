#include "drivers/camera/simulated/lids.hpp"

#include "drivers/camera/simulated/motion.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::camera::simulated {
namespace {

constexpr Range partial{0.5, 0.9};        // how far a blink closes that does not close wholly
constexpr double first = 0.1, last = 0.7; // of a stretch: where a blink begins; it ends before the next one

} // namespace

float lid_course(double since, double closing, double closed, double opening) noexcept {
    if (since < 0 || since > closing + closed + opening)
        return 0;
    if (since < closing)
        return static_cast<float>(since / closing);
    return static_cast<float>(std::min(1.0, (closing + closed + opening - since) / opening));
}

Lids::Lids(const Manner& manner, std::uint64_t seed)
    : closing_(manner.closing), closed_(manner.closed), opening_(manner.opening),
      between_(60 / std::max(manner.blinks, 0.1)), whole_(manner.whole_blinks), begun_(next_share(seed)),
      seed_(seed) {}

float Lids::closure(double seconds) const {
    const double stretches = seconds / between_ + begun_, stretch = std::floor(stretches);
    std::uint64_t state = seed_ ^ static_cast<std::uint64_t>(stretch + 1);
    const double start = Range{first, last}.at(next_share(state));
    const double since = (stretches - stretch - start) * between_;
    const double closing = closing_.at(next_share(state)), closed = closed_.at(next_share(state)),
                 opening = opening_.at(next_share(state));
    const double far = next_share(state) < whole_ ? 1 : partial.at(next_share(state));
    return static_cast<float>(far) * lid_course(since, closing, closed, opening);
}

} // namespace kaomon::camera::simulated
