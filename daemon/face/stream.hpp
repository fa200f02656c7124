// One person before a running camera: the face is followed from frame to frame.
#pragma once

#include "daemon/face/pipeline.hpp"
#include "drivers/base/clock.hpp"

#include <memory>

namespace kaomon::face {

// The mesh of a frame gives the crop of the next one, so the detector rests while a face is followed. It
// looks
// - when there is no face, or the mesh lost it (follow.hpp says when): in the whole picture, then in one part
// of it,
//   another one each frame, for a face too small or too large for the whole;
// - 200 ms after its last look: views of one visit are 120 ms apart, so nobody is beside the patient, or in
//   the patient's place, for two of them unseen. At 30 frames a second that is a sixth of a detection for
//   each frame;
// - after a gap of 500 ms between two frames.
// Two patients count as two until one of them was not seen for a second.
// A face that the detector no longer finds at a third look in a row, though it is large enough for it, is
// given up: a mesh net can hold on to a hand or a collar.
//
// Thread-bound, together with its pipeline.
class Stream {
  public:
    // The pipeline outlives the stream.
    explicit Stream(Pipeline& pipeline);
    Stream(Stream&&) noexcept;
    Stream& operator=(Stream&&) noexcept;
    ~Stream();

    // The patient's face in the next frame (grey or RGB); who that is: subject_cv.hpp. `track` of the
    // observation changes when it is not certain that it is the face of the frame before. Reasons: no_face,
    // several_faces, internal_error.
    Result<Observation> look(const Image& picture, Instant captured);

    // How often the detector was asked since the stream was made: what following saves.
    std::uint64_t detections() const noexcept;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace kaomon::face
