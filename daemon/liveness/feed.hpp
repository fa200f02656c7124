// Is this feed one of a running camera? Repeated, frozen, spliced and black feeds are found from the frames
// alone.
#pragma once

#include "daemon/liveness/evidence.hpp"
#include "daemon/liveness/fingerprint.hpp"
#include "drivers/base/clock.hpp"
#include "drivers/base/image.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace kaomon::liveness {

// Pure function of what was added. Keeps small fingerprints, no pictures, wiped when it goes. Thread-bound.
//
// Limits: knows a feed by what comes back or jumps. A recording that is played once from a good virtual
// camera, at the right rate and with noise of its own, passes. A frozen picture with fresh noise passes too,
// as does a cut within 300 ms after the camera was exposed anew.
class Feed {
  public:
    // Frames in the order they came; gaps in `sequence` are dropped frames. A frame with the number of the
    // one before is the same buffer handed over twice and is not looked at again.
    void add(const Image& picture, Instant captured, std::uint64_t sequence);
    // The camera was told to expose otherwise: while that settles, a jump of the picture is no splice.
    void exposed(Instant when) noexcept { exposed_ = when; }
    // One Evidence for each of feed_black, feed_frozen, feed_repeated, feed_spliced: not_assessed until
    // enough frames. A failure stays, feed_black aside. Margins: frames to go until failure (black, frozen,
    // repeated); share of the allowed jump not used (spliced).
    std::vector<Evidence> evidence() const;

  private:
    struct Seen {
        Fingerprint print;
        Instant captured;
        std::uint64_t sequence;
    };
    struct Step {
        float share; // of the structure that is new since the frame before
        bool near;   // so soon after it that a scene does not change by itself
    };
    void look_for_return(const Seen& now);
    void look_for_jump(const Seen& now);
    void note_jump(float over_allowed);

    SecretVector<Seen> frames_; // with something to see in them, each unlike the one before; the newest last
    SecretVector<Step> steps_;  // between the newest of frames_
    std::map<std::uint64_t, int> returns_at_lag_; // distance in sequence -> frames in a row that came back so
    int black_run_ = 0;                           // black frames at the newest end of the feed
    int width_ = 0, height_ = 0;                  // of the first frame
    std::uint64_t last_sequence_ = 0;
    Instant last_captured_;
    std::optional<Instant> exposed_;
    int added_ = 0, judged_ = 0;
    int same_run_ = 1, longest_same_run_ = 1;
    int exact_returns_ = 0, longest_return_ = 0;
    float largest_jump_ = 0; // over the allowed one; 1 and more is a splice
};

} // namespace kaomon::liveness
