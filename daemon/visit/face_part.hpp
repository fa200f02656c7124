// The face's part of a visit: camera, photograph, templates, one step a call, without a thread: a session's
// face thread, the rehearsal and the evaluation of liveness take the same steps.
#pragma once

#include "daemon/capture/transaction.hpp"
#include "daemon/photo/decoder.hpp"
#include "daemon/visit/face_event.hpp"
#include "daemon/visit/preview.hpp"
#include "drivers/camera/camera.hpp"
#include "drivers/camera/frame_count.hpp"
#include "drivers/camera/metering.hpp"

#include <memory>
#include <mutex>

namespace kaomon::visit {

// What it works with; all outlive it.
struct FaceDevices {
    camera::Camera& camera;
    face::Pipeline& pipeline;
    photo::Decoder& decoder;
};

// Thread-bound, interrupt() aside. What a library throws passes through; failed() then ends it.
class FacePart {
  public:
    FacePart(FaceDevices devices, capture::Demands demands);
    ~FacePart();

    // Leases the camera. Nothing, or FaceFailed.
    std::optional<FaceEvent> begin();
    bool looking() const noexcept { return lease_ != nullptr; }
    // Blocks for the next frame, while looking: what came of it. FaceReady and FaceFailed let go of the
    // camera.
    std::optional<FaceEvent> look();
    // The card's photograph (JP2), before, between or after the frames.
    FaceEvent make_reference(const SecretBytes& photo);
    // What the patient screen can do, and what it has shown so far.
    void light(const capture::Light& now) { capture_.light(now); }
    // What the camera sees from now on, made small; empty: nobody looks.
    void preview(PreviewSink sink) { preview_.show_to(std::move(sink)); }
    // One for every kind, in the order of the enum: what the frames and the photograph gave so far.
    std::vector<liveness::Evidence> evidence() const { return capture_.evidence(); }
    FaceEvent failed(const Failure& why);
    // Lets go of the camera, of every trace of pictures, and of the used decoder.
    void end();

    const camera::FrameCount& frames() const noexcept { return frames_; }

    // Ends look() within one frame, also the next one if none is running. Thread-safe.
    void interrupt();

  private:
    void count(std::uint64_t sequence);
    void meter(std::optional<float> luminance, Instant captured);
    void close_camera();

    FaceDevices devices_;
    capture::Demands demands_;
    capture::Transaction capture_; // outlives the lease: the photograph may come later
    Preview preview_;
    std::optional<camera::Metering> metering_;
    camera::FrameCount frames_;
    std::uint64_t last_sequence_ = 0; // of this lease; 0: none yet
    int torn_ = 0;                    // frames in a row that could not be decoded

    std::mutex mutex_;
    std::unique_ptr<camera::CameraLease> lease_; // set and cleared under mutex_, for interrupt()
};

} // namespace kaomon::visit
