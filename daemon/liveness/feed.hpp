// Is this feed one of a running camera? Repeated, frozen, spliced and black feeds are found from the frames
// alone.
#pragma once

#include "daemon/liveness/detector.hpp"
#include "daemon/liveness/fingerprint.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace kaomon::liveness {

// Keeps small fingerprints, no pictures. What it knows is of the camera and not of a face: a new face changes
// nothing.
//
// Limits: knows a feed by what comes back or jumps. A recording that is played once from a good virtual
// camera, at the right rate and with noise of its own, passes. A frozen picture with fresh noise passes too,
// as does a cut within 300 ms after the camera was exposed anew or the patient screen changed its colour.
class Feed final : public Detector {
  public:
    // Gaps in `sequence` are dropped frames. A frame with the number of the
    // one before is the same buffer handed over twice and is not looked at again.
    void add_frame(const Image& picture, Instant captured, std::uint64_t sequence) override;
    // While either settles, a jump of the picture is no splice.
    void exposed(Instant when) noexcept override { lit_anew_ = when; }
    void screen(std::span<const FlashStep> shown) override;
    // One Evidence for each of feed_black, feed_frozen, feed_repeated, feed_spliced: not_assessed until
    // enough frames. A forgery (repeated, spliced) stays. A fault (black, frozen) heals: while it lasts it
    // fails, afterwards it is not assessed until as many new frames were seen as at the start. Margins:
    // frames to go until failure (black, frozen, repeated); share of the allowed jump not used (spliced).
    std::vector<Evidence> evidence() const override;

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
    void note_fault() { since_fault_ = 0; }

    SecretVector<Seen> frames_; // with something to see in them, each unlike the one before; the newest last
    SecretVector<Step> steps_;  // between the newest of frames_
    std::map<std::uint64_t, int> returns_at_lag_; // distance in sequence -> frames in a row that came back so
    int black_run_ = 0;                           // black frames at the newest end of the feed
    int width_ = 0, height_ = 0;                  // of the first frame
    std::uint64_t last_sequence_ = 0;
    Instant last_captured_;
    std::size_t colours_ = 0;         // that the screen has shown
    std::optional<Instant> lit_anew_; // by the camera's exposure or the screen's light
    int added_ = 0, judged_ = 0;
    int same_run_ = 1; // equal frames at the newest end of the feed
    std::optional<int>
        since_fault_; // frames that were new, after the last one that was at fault; empty: never at fault
    int exact_returns_ = 0, longest_return_ = 0;
    float largest_jump_ = 0; // over the allowed one; 1 and more is a splice
};

} // namespace kaomon::liveness
