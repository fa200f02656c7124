// Which views of the live face are fused into the probe, and when there are enough of them.
#pragma once

#include "daemon/face/template.hpp"
#include "drivers/base/clock.hpp"

#include <optional>
#include <vector>

namespace kaomon::match {

// Keeps the best views by norm (models.md 2.5: the norm predicts failure), not the first ones. Pure.
// Thread-bound.
class Probe {
  public:
    // `views`: how many are fused, 1..10.
    explicit Probe(int views) : views_(static_cast<std::size_t>(views)) {}

    void add(const face::Template& view, Instant captured);
    // The fused template as soon as the views suffice: all of them good, or all usable and looked at for long
    // enough.
    std::optional<face::Template> ready(Instant now) const;

  private:
    struct View {
        face::Template face;
        Instant captured;
    };
    std::size_t views_;
    std::vector<View> best_; // by falling norm, at most views_, no two of them neighbours in time
    std::optional<Instant> first_;
};

} // namespace kaomon::match
