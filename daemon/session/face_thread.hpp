// The face thread: does the face's part of a visit when the desk asks for it. All arithmetic on pictures is
// here.
#pragma once

#include "daemon/session/face_side.hpp"
#include "daemon/visit/face_part.hpp"
#include "drivers/base/pulse.hpp"

#include <memory>

namespace kaomon::session {

class FaceThread : public FaceSide {
  public:
    struct Devices { // handed over to the thread
        std::unique_ptr<camera::Camera> camera;
        std::unique_ptr<face::Pipeline> pipeline;
        std::unique_ptr<photo::Decoder> decoder;
    };

    // `sink` is called on the face thread.
    FaceThread(Devices devices, capture::Demands demands, FaceEventSink sink);
    ~FaceThread() override; // ends the thread

    void begin(std::uint64_t visit) override;
    void reference(SecretBytes photo) override;
    void light(const capture::Light& now) override;
    void preview(visit::PreviewSink sink) override;
    void end() override;
    camera::FrameCount frames() const override;
    // Of the thread; outlives this.
    std::shared_ptr<const Pulse> pulse() const;

  private:
    struct Thread;
    std::unique_ptr<Thread> thread_;
};

} // namespace kaomon::session
