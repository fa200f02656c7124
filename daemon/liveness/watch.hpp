// All that speaks for or against a living face before the camera, frame by frame.
#pragma once

#include "daemon/liveness/detector.hpp"
#include "daemon/liveness/face_continuity.hpp"

#include <memory>
#include <optional>

namespace kaomon::liveness {

// Every detector of the list, and what they share: the crop of the face, and whether it is still the same
// one. Pure function of what was added. What is kept of faces is wiped when this goes, and when another face
// comes. Thread-bound.
//
// What passed, passed for the face that is there: when it goes for longer than half a second, or jumps, the
// next one starts anew. What failed stays.
class Watch {
  public:
    Watch();

    // Frames in the order they came. `face`: the one face of the picture, if there is one, whether good
    // enough for a template or not.
    void add(const Image& picture, const std::optional<face::Observation>& face, Instant captured,
             std::uint64_t sequence);
    // The card's photograph, as soon as it is known; may come before or after the live views.
    void photograph(const Image& picture, const face::Observation& face);
    // The camera was told to expose otherwise at that time.
    void exposed(Instant when) noexcept;
    // The colours that the patient screen has shown so far; none: that light is over before its end.
    void screen(std::span<const FlashStep> shown);

    // One for every kind, in the order of the enum.
    std::vector<Evidence> evidence() const;
    // Since when this face has been there; nothing while there is none.
    std::optional<Instant> face_since() const { return continuity_.since(); }
    // The person was asked to move; what came of it.
    void asked(const Request& request);
    Answer answer() const;
    bool busy() const; // the head is not back from that yet, or moves about
    // How often the screen's colours came back as a display's glass mirrors them.
    int mirrored() const;
    // Something else than the pictures' places says that another face is there now, or may be (the feed was
    // at fault): it starts anew. What failed stays.
    void another_face();

  private:
    FaceContinuity continuity_;
    std::vector<std::unique_ptr<Detector>> detectors_;
};

} // namespace kaomon::liveness
