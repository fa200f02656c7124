#include "tools/evaluate/played_camera.hpp"

#include "drivers/camera/jpeg_header.hpp"

namespace kaomon::evaluate {

class PlayedCamera::Lease final : public camera::CameraLease {
  public:
    explicit Lease(PlayedCamera& camera) : camera_(camera) {}

    Result<camera::Frame> next(Instant) override {
        const double now = camera_.played();
        SecretBytes bytes = now < camera_.seconds_ ? camera_.film_.frame(camera_.number_) : SecretBytes{};
        if (bytes.empty()) {
            camera_.over_ = true;
            return fail(Reason::camera_silent, "the film is over");
        }
        const auto size = camera::read_jpeg_header(bytes).value_or(camera::JpegHeader{}); // 0: is no picture
        return camera::Frame{.width = size.width,
                             .height = size.height,
                             .format = camera::PixelFormat::mjpeg,
                             .bytes = std::move(bytes),
                             .captured = camera_.now(),
                             .sequence = camera_.number_++};
    }
    camera::ExposureRange exposure_range() override { return camera_.film_.exposure_range(); }
    Result<void> expose(float stops) override {
        camera_.film_.expose(stops);
        return {};
    }
    void interrupt() noexcept override {} // nobody waits

  private:
    PlayedCamera& camera_;
};

Result<std::unique_ptr<camera::CameraLease>> PlayedCamera::open(Instant) {
    return std::make_unique<Lease>(*this);
}

} // namespace kaomon::evaluate
