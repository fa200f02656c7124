// The compute thread: frames, the card's photograph, templates.
#pragma once

#include "daemon/capture/transaction.hpp"
#include "daemon/photo/decoder.hpp"
#include "daemon/session/face_side.hpp"
#include "drivers/camera/camera.hpp"

#include <memory>

namespace kaomon::session {

class FaceWork : public FaceSide {
  public:
    struct Parts { // handed over to the thread
        std::unique_ptr<camera::Camera> camera;
        std::unique_ptr<face::Pipeline> pipeline;
        std::unique_ptr<photo::Decoder> decoder;
        capture::Demands demands;
    };

    // `sink` is called on the compute thread.
    FaceWork(Parts parts, FaceEventSink sink);
    ~FaceWork() override; // ends the thread

    void begin(std::uint64_t visit) override;
    void reference(SecretBytes photo) override;
    void end() override;

  private:
    struct Thread;
    std::unique_ptr<Thread> thread_;
};

} // namespace kaomon::session
