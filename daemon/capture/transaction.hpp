// From frames to a probe of a living person: what a desk does with its camera, without the camera.
#pragma once

#include "daemon/capture/guidance.hpp"
#include "daemon/capture/light.hpp"
#include "daemon/face/stream.hpp"
#include "daemon/liveness/inquiry.hpp"
#include "daemon/match/probe.hpp"
#include "drivers/base/random.hpp"

#include <optional>
#include <vector>

namespace kaomon::capture {

struct Demands {
    face::Gate gate{};
    int views = 3;                          // fused into a probe, 1..10
    PolicyName policy = PolicyName::normal; // by whose rule presence is shown (liveness/presence.hpp)
    std::vector<liveness::Kind> required{}; // kinds of evidence beside it without which there is no probe
    liveness::Random random = random_bits;  // what is asked is drawn by it
    // Where hints are not shown before the card's photograph is known, nothing is asked before.
    bool asks_with_photograph = false;
};

// What one frame brought. With `veto`, `over` or a probe the capture is at its end.
struct Step {
    std::optional<face::Box> face;  // where it is, in pixels
    std::optional<float> luminance; // of the face in it, 0..255: to expose by
    std::optional<Reason> hint;     // to show in place of the one before
    std::optional<Reason> veto; // evidence against a living face, or a fault of the feed that does not heal
    bool light = false;         // the patient screen should show its colours now
    std::optional<Reason> over; // presence_not_shown: no evidence of presence in its time
    std::optional<face::Template> probe; // the views suffice, presence is shown, what is required passed
};

// A biometric capture transaction (ISO/IEC 2382-37) of one visit. The desk and the evaluation of liveness
// both go through this, so that the figures of the one are those of the other. A pure function of what was
// shown to it. Thread-bound, as its pipeline, which outlives it.
class Transaction {
  public:
    Transaction(face::Pipeline& pipeline, Demands demands);

    // Frames (grey or RGB) in the order they came; not after conclude().
    Step look(const Image& picture, Instant captured, std::uint64_t sequence);
    // The card's photograph, as soon as it is known: before, between or after the frames.
    void photograph(const Image& picture, const face::Observation& face);
    // The camera was told to expose otherwise at that time.
    void exposed(Instant when) noexcept { watch_.exposed(when); }
    // What the patient screen can do, and what it has shown so far.
    void light(const Light& now);
    // One for every kind, in the order of the enum.
    std::vector<liveness::Evidence> evidence() const { return watch_.evidence(); }
    // No more frames: lets go of the views. What the photograph will be held against is kept.
    void conclude();

  private:
    Step at_fault(Reason fault, Instant captured);
    Reason take_view(const Image& picture, const Result<face::Observation>& face, Instant captured);
    std::optional<Reason> hint(Reason call, Instant captured);

    face::Pipeline* pipeline_;
    Demands demands_;
    std::optional<face::Stream> stream_;
    liveness::Watch watch_;
    match::Probe probe_;
    Guidance guidance_;
    liveness::Inquiry inquiry_;
    bool may_ask_, light_ = false;
    std::optional<Instant> viewed_, present_; // the last view for the probe; since when presence is shown
    std::optional<Instant> fault_since_;      // of the feed; empty: none now
};

} // namespace kaomon::capture
