// What finds evidence of one kind, or of several kinds in one look. kinds.inc lists them; Watch tells each of
// them what happens.
#pragma once

#include "daemon/face/observation.hpp"
#include "daemon/liveness/evidence.hpp"
#include "daemon/liveness/face_crop.hpp"
#include "daemon/liveness/movement.hpp"
#include "drivers/base/clock.hpp"
#include "drivers/base/image.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace kaomon::liveness {

// The face of one frame, worked out once for all detectors.
struct FaceView {
    const Image& picture; // all of the frame
    const face::Observation& face;
    const FaceCrop& crop; // not empty
    Instant captured;
};

// A colour that the patient screen shows, and since when at the latest: the screen has said so then. It
// stands for flash_stands from that time on.
struct FlashStep {
    Instant shown;
    std::array<std::uint8_t, 3> colour{}; // red, green, blue of sRGB, as the screen was told
    friend bool operator==(const FlashStep&, const FlashStep&) = default;
};
inline constexpr Milliseconds flash_stands{500};

// Each takes what it can use of what it is told, and keeps of a face only what is wiped when it goes. Pure
// function of that. Thread-bound.
class Detector {
  public:
    Detector() = default;
    Detector(const Detector&) = delete;
    Detector& operator=(const Detector&) = delete;
    virtual ~Detector() = default;

    // Every frame, whether there is a face in it or not, in the order they came.
    virtual void add_frame(const Image& /*picture*/, Instant /*captured*/, std::uint64_t /*sequence*/) {}
    // After it, the face of that frame if there is one.
    virtual void add_face(const FaceView& /*view*/) {}
    // From now on another face is there. What passed, passed for the one before; what failed stays.
    virtual void reset_for_new_face() {}
    // The card's photograph, before or after the live views; an empty crop where nothing could be cut out.
    virtual void photograph(const FaceCrop& /*crop*/) {}
    // The camera was told to expose otherwise at that time.
    virtual void exposed(Instant /*when*/) noexcept {}
    // The colours that the patient screen has shown so far; none: that light is over before its end.
    virtual void screen(std::span<const FlashStep> /*shown*/) {}
    // The person was asked to move, and can know of it since that time. It takes the place of the one before.
    virtual void asked(const Request& /*request*/) {}

    // To the newest request, of who looks for one.
    virtual Answer answer() const { return Answer::none; }
    // Is the head still where that answer took it, or does it move about and was not watched for long? The
    // way back is no answer to the next request.
    virtual bool busy() const { return false; }
    // How often the screen's colours came back as a display's glass mirrors them. Stays, whoever comes next.
    virtual int mirrored() const { return 0; }

    // One for each of its kinds, in the order of the enum: not_assessed while it cannot tell.
    virtual std::vector<Evidence> evidence() const = 0;
};

} // namespace kaomon::liveness
