// A camera whose frames carry the time of what is played, however long each takes to be looked at.
#pragma once

#include "drivers/camera/camera.hpp"
#include "drivers/fault/fault.hpp"

namespace kaomon::evaluate {

// What is played: recorded, or rendered frame by frame.
class Film {
  public:
    Film() = default;
    Film(const Film&) = delete;
    Film& operator=(const Film&) = delete;
    virtual ~Film() = default;

    // Number 0, 1, 2 ... is asked for, each once. An MJPEG frame; empty: over.
    virtual SecretBytes frame(std::uint64_t number) = 0;
    virtual camera::ExposureRange exposure_range() const { return {}; }
    virtual void expose(float) {}
    // What the person in it is asked for, `seconds` after its begin, and the light of the patient's screen
    // from then on: a recorded one does not care.
    virtual void ask(fault::Ask /*what*/, double /*seconds*/) {}
    virtual void light(const fault::Rgb& /*colour*/) {}
};

// Thread-bound. One lease at a time. After `seconds` of it, or where the film is over, next() says
// camera_silent.
class PlayedCamera final : public camera::Camera {
  public:
    PlayedCamera(Film& film, int rate, double seconds) : film_(film), rate_(rate), seconds_(seconds) {}

    std::string id() const override { return "played"; }
    bool simulated() const noexcept override { return true; }
    Result<std::unique_ptr<camera::CameraLease>> open(Instant until) override;

    double played() const { return static_cast<double>(number_) / rate_; } // seconds
    Instant now() const { return Instant(Milliseconds(static_cast<std::int64_t>(1000 * played()))); }
    bool over() const { return over_; }

  private:
    class Lease;
    Film& film_;
    int rate_; // frames per second
    double seconds_;
    std::uint64_t number_ = 0; // of the next frame
    bool over_ = false;
};

} // namespace kaomon::evaluate
