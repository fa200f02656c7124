// Which views of the live face are fused into the probe, and when there are enough of them.
#pragma once

#include "daemon/face/template.hpp"
#include "drivers/base/clock.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace kaomon::match {

struct View {
    face::Template face;
    Instant captured;
    float yaw = 0, pitch = 0; // degrees
    std::uint32_t track = 0;  // of the observation: another number may be another person
    bool flawed = false; // there was something to mend (closed eyes, glare) that does not forbid comparing it
};

// Keeps the best views by norm (short templates fail: face/template.hpp), not the first ones, each of
// another moment (120 ms) or, half as long apart, of another pose (5 degrees). Views of one person only: the
// probe begins anew when the track changes, and when a view is unlike those before it. Pure. Thread-bound.
//
// It asks for less the longer it has looked, since a face whose templates are short (by its group, age or
// glasses, not by a fault that could be mended) shall be compared too:
//
//     looked for   views   each with a norm of
//     at once      2       12.5, if three or more are asked for
//     at once      all     11.2
//     1.5 s        all     10.4
//     3 s          all      9.5
//     4.5 s and on one less for each 1.5 s, down to one; any norm that the embedder lets pass (8)
//
// What a probe of few or weak views is worth is the threshold's business, which it does not move.
class Probe {
  public:
    // `views`: how many are fused, 1..10.
    explicit Probe(int views) : views_(static_cast<std::size_t>(views)) {}

    // True when the view is unlike those before it: another person's, most likely.
    bool add(View view);
    // The fused template as soon as the views suffice. `now`: of the newest frame.
    std::optional<face::Template> ready(Instant now) const;

  private:
    // By norm, those without a flaw before those with one.
    static float worth(const View& view) noexcept;
    bool another_person(const View& view) const;
    std::optional<face::Template> best(std::size_t count, float least_norm) const;

    std::size_t views_;
    std::vector<View> best_; // by falling worth, at most views_, no two of them neighbours
    std::optional<Instant> first_;
};

} // namespace kaomon::match
