#include "drivers/camera/simulated/scene.hpp"

#include "drivers/camera/jpeg.hpp"
#include "drivers/camera/raw.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::camera::simulated {
namespace {

constexpr int jpeg_quality = 85;   // about what webcams send
constexpr double fade_seconds = 2; // long enough for no single step to look like a cut

std::uint64_t mixed(std::uint64_t seed, std::uint64_t lease_number) {
    std::uint64_t state = seed;
    state = next_random(state) ^ lease_number;
    return next_random(state);
}

Image blank(const Settings& settings) {
    Image image{.width = settings.width, .height = settings.height, .channels = 3, .pixels = {}};
    image.pixels.resize(image.stride() * static_cast<std::size_t>(image.height));
    return image;
}

} // namespace

Scene::Scene(std::shared_ptr<const Stage> stage, std::uint64_t lease_number)
    : stage_(std::move(stage)),
      first_still_(stage_->settings.play == Play::turns ? lease_number % stage_->stills.size() : 0),
      motion_(mixed(stage_->settings.seed, lease_number)),
      performance_(stage_->settings.presentation, mixed(stage_->settings.seed + 1, lease_number),
                   stage_->settings.attacker),
      sensor_(mixed(~stage_->settings.seed, lease_number)), picture_(blank(stage_->settings)) {}

void Scene::look(std::uint64_t frame_number, bool black) {
    const std::uint64_t number = performance_.content(frame_number);
    const Settings& settings = stage_->settings;
    const auto& stills = stage_->stills;
    const double seconds = static_cast<double>(number) / settings.rate;
    Pose pose = motion_.at(seconds);
    pose.exposure *= brightness_;
    if (black)
        pose.exposure = 0; // a capped lens: the noise stays
    if (settings.play != Play::fade || stills.size() < 2) {
        sensor_.expose(performance_.at(stills[first_still_], seconds), pose, number, picture_);
        return;
    }
    const double hold = std::max(std::chrono::duration<double>(settings.hold).count(), fade_seconds);
    const double turn = std::floor(seconds / hold), left = hold * (turn + 1) - seconds;
    const std::size_t still = static_cast<std::size_t>(turn) % stills.size();
    sensor_.expose(performance_.at(stills[still], seconds), pose, number, picture_);
    if (left >= fade_seconds)
        return;
    if (fading_.empty())
        fading_ = blank(settings);
    sensor_.expose(performance_.at(stills[(still + 1) % stills.size()], seconds), pose, number, fading_);
    const int share = static_cast<int>(256 * (1 - left / fade_seconds));
    for (std::size_t i = 0; i < picture_.pixels.size(); ++i) {
        const int value = picture_.pixels[i] * (256 - share) + fading_.pixels[i] * share;
        picture_.pixels[i] = static_cast<std::uint8_t>(value >> 8);
    }
}

void Scene::expose(float stops) noexcept {
    constexpr float gamma = 2.2F; // of the stills' grey levels
    brightness_ = std::exp2(std::clamp(stops, scene_exposure.lowest, scene_exposure.highest) / gamma);
}

SecretBytes Scene::frame(std::uint64_t number, bool black) {
    look(number, black);
    const PixelFormat format = stage_->settings.format;
    return format == PixelFormat::mjpeg ? encode_jpeg(picture_, jpeg_quality)
                                        : raw_from_rgb(format, picture_);
}

} // namespace kaomon::camera::simulated
