// From frames to a probe of a living person: what a desk does with its camera, without the camera.
#pragma once

#include "daemon/capture/guidance.hpp"
#include "daemon/face/stream.hpp"
#include "daemon/liveness/watch.hpp"
#include "daemon/match/probe.hpp"

#include <optional>
#include <vector>

namespace kaomon::capture {

struct Demands {
    face::Gate gate{};
    int views = 3;                          // fused into a probe, 1..10
    std::vector<liveness::Kind> required{}; // kinds of evidence without which there is no probe
};

// What one frame brought. With a veto or a probe the capture is at its end.
struct Step {
    std::optional<float> luminance; // of the face in it, 0..255: to expose by
    std::optional<Reason> hint;     // to show in place of the one before
    std::optional<Reason> veto; // evidence against a living face, or a fault of the feed that does not heal
    std::optional<face::Template> probe; // the views suffice, and every required kind of evidence passed
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
    void photograph(const Image& picture, const face::Observation& face) { watch_.photograph(picture, face); }
    // The camera was told to expose otherwise at that time.
    void exposed(Instant when) noexcept { watch_.exposed(when); }
    // One for every kind, in the order of the enum.
    std::vector<liveness::Evidence> evidence() const { return watch_.evidence(); }
    // No more frames: lets go of the views. What the photograph will be held against is kept.
    void conclude();

  private:
    Step at_fault(Reason fault, Instant captured);
    Reason take_view(const Image& picture, const Result<face::Observation>& face, Instant captured);

    face::Pipeline* pipeline_;
    Demands demands_;
    std::optional<face::Stream> stream_;
    liveness::Watch watch_;
    match::Probe probe_;
    Guidance guidance_;
    std::optional<Instant> fault_since_; // of the feed; empty: none now
};

} // namespace kaomon::capture
