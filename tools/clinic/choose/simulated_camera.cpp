#include "tools/clinic/choose/simulated_camera.hpp"

#include "drivers/camera/simulated/camera.hpp"

#include <algorithm>
#include <cmath>
#include <random>

namespace kaomon::choose {
namespace {

using camera::Frame;

constexpr int usual_rate = 30, low_rate = 8;             // frames per second
constexpr int picture_width = 960, picture_height = 720; // pixels: 67 between the eyes of a portrait
constexpr int blur_radius = 6;                           // pixels
constexpr std::uint64_t frames_before_it_vanishes = 100;

struct Room {
    CameraFault fault = CameraFault::none;
    Light light = Light::normal;
};

struct Exposure {
    float gain = 1;      // of the scene's brightness, after what the camera's own control does
    float noise = 0;     // grey levels, standard deviation
    bool window = false; // white left and right of the person
};

Exposure exposure_in(const Room& room) {
    const bool poor = room.fault == CameraFault::dark_noisy;
    switch (room.light) {
    case Light::normal:
        break;
    case Light::dark:
        return poor ? Exposure{0.12F, 24, false} : Exposure{0.75F, 3, false};
    case Light::behind:
        return poor ? Exposure{0.15F, 2, true} : Exposure{0.65F, 2, true};
    }
    return {};
}

std::uint8_t level(float value) {
    return static_cast<std::uint8_t>(std::clamp(std::lround(value), 0L, 255L));
}

// A box, along rows and then along columns.
void blur(Image& picture) {
    const auto along = [&](int lines, int length, std::size_t line_step, std::size_t step) {
        std::vector<std::uint8_t> row(static_cast<std::size_t>(length));
        for (int line = 0; line < lines; ++line) {
            std::uint8_t* start = &picture.pixels[static_cast<std::size_t>(line) * line_step];
            for (int channel = 0; channel < 3; ++channel) {
                const auto at = [&](int i) -> std::uint8_t& {
                    return start[static_cast<std::size_t>(std::clamp(i, 0, length - 1)) * step +
                                 static_cast<std::size_t>(channel)];
                };
                int sum = 0;
                for (int i = -blur_radius; i <= blur_radius; ++i)
                    sum += at(i);
                for (int i = 0; i < length; ++i) {
                    row[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(sum / (2 * blur_radius + 1));
                    sum += at(i + blur_radius + 1) - at(i - blur_radius);
                }
                for (int i = 0; i < length; ++i)
                    at(i) = row[static_cast<std::size_t>(i)];
            }
        }
    };
    along(picture.height, picture.width, picture.stride(), 3);
    along(picture.width, picture.height, 3, picture.stride());
}

class Lease final : public camera::CameraLease {
  public:
    Lease(std::unique_ptr<CameraLease> lease, std::shared_ptr<const Room> room)
        : lease_(std::move(lease)), room_(std::move(room)) {}

    Result<Frame> next(Instant until) override {
        auto frame = lease_->next(until);
        if (!frame)
            return frame;
        if (room_->fault == CameraFault::vanishes && ++frames_ > frames_before_it_vanishes)
            return fail(Reason::camera_lost, "the simulated camera was unplugged");
        auto picture = camera::decode(*frame);
        if (!picture)
            return std::unexpected(picture.error());
        light_up(*picture);
        if (room_->fault == CameraFault::blurred)
            blur(*picture);
        frame->format = camera::PixelFormat::rgb24;
        frame->bytes = std::move(picture->pixels);
        return frame;
    }
    void interrupt() noexcept override { lease_->interrupt(); }

  private:
    void light_up(Image& picture) {
        const Exposure exposure = exposure_in(*room_);
        if (exposure.gain == 1 && exposure.noise == 0)
            return;
        std::normal_distribution<float> noise(0, exposure.noise);
        std::array<float, 4096> table{};
        for (float& one : table)
            one = noise(random_);
        std::size_t at = 0;
        for (int y = 0; y < picture.height; ++y) {
            for (int x = 0; x < picture.width; ++x) {
                const bool outside = exposure.window && (x < picture.width / 5 || x > picture.width * 4 / 5);
                const std::size_t draw = random_() % table.size();
                for (int channel = 0; channel < 3; ++channel, ++at) {
                    picture.pixels[at] =
                        outside ? std::uint8_t{255}
                                : level(static_cast<float>(picture.pixels[at]) * exposure.gain + table[draw]);
                }
            }
        }
    }

    std::unique_ptr<CameraLease> lease_;
    std::shared_ptr<const Room> room_;
    std::minstd_rand random_{1}; // NOLINT(cert-msc*): the same noise in every run
    std::uint64_t frames_ = 0;
};

class Camera final : public camera::Camera {
  public:
    Camera(std::unique_ptr<camera::Camera> camera, std::shared_ptr<const Room> room)
        : camera_(std::move(camera)), room_(std::move(room)) {}
    std::string id() const override { return "simulated-" + std::string(word(room_->fault)); }
    bool simulated() const noexcept override { return true; }
    Result<std::unique_ptr<camera::CameraLease>> open(Instant until) override {
        auto lease = camera_->open(until);
        if (!lease)
            return lease;
        return std::make_unique<Lease>(std::move(*lease), room_);
    }

  private:
    std::unique_ptr<camera::Camera> camera_;
    std::shared_ptr<const Room> room_;
};

class Stand final : public SimulatedCameraStand {
  public:
    Stand(std::shared_ptr<Room> room, std::unique_ptr<camera::Camera> camera)
        : room_(std::move(room)), camera_(std::move(camera), room_) {}
    camera::Camera& camera() override { return camera_; }
    void set_light(Light light) override { room_->light = light; }

  private:
    std::shared_ptr<Room> room_;
    Camera camera_;
};

} // namespace

Result<std::unique_ptr<SimulatedCameraStand>> SimulatedCameraStand::make(CameraFault fault,
                                                                         const std::filesystem::path& still) {
    auto camera = camera::simulated::make_simulated_camera(
        {.stills = {still},
         .width = picture_width,
         .height = picture_height,
         .rate = fault == CameraFault::low_rate ? low_rate : usual_rate,
         .format = camera::PixelFormat::rgb24});
    if (!camera)
        return std::unexpected(camera.error());
    return std::make_unique<Stand>(std::make_shared<Room>(Room{fault, Light::normal}), std::move(*camera));
}

} // namespace kaomon::choose
