#include "drivers/camera/simulated/sensor.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::camera::simulated {
namespace {

constexpr std::size_t noise_starts = std::size_t{1} << 16; // places where a row may start
constexpr std::size_t longest_row = std::size_t{4096} * 3; // values
constexpr int one = 1 << 16;                               // fixed point of places on the canvas
constexpr int exposure_one = 1 << 7;                       // fixed point of the exposure, up to 2
constexpr std::uint64_t low_nine_bits = 0x01ff01ff01ff01ff;

// How a row of the picture runs over the canvas.
struct Path {
    int step_x, step_y, last_x, last_y; // of `one`
    std::uint64_t exposure;             // of `exposure_one`
};

std::uint8_t with_noise(std::uint64_t lane, int noise) noexcept {
    return static_cast<std::uint8_t>(std::clamp(static_cast<int>(lane & 0xffff) + noise, 0, 255));
}

// Everything by value: a byte stored must not make the compiler load it all again.
void expose_row(const std::uint64_t* canvas, std::size_t pitch, const Path path, int x, int y,
                const std::int8_t* noise, std::uint8_t* out, int width) noexcept {
    for (int column = 0; column < width; ++column) {
        const int inside_x = std::clamp(x, 0, path.last_x), inside_y = std::clamp(y, 0, path.last_y);
        const auto right = static_cast<std::uint64_t>(inside_x >> 8 & 0xff);
        const auto lower = static_cast<std::uint64_t>(inside_y >> 8 & 0xff);
        const std::uint64_t* from = canvas + static_cast<std::size_t>(inside_y >> 16) * pitch +
                                    static_cast<std::size_t>(inside_x >> 16);
        const std::uint64_t seen =
            mix(mix(from[0], from[1], right), mix(from[pitch], from[pitch + 1], right), lower);
        const std::uint64_t exposed = (seen * path.exposure >> 7) & low_nine_bits;
        out[0] = with_noise(exposed, noise[0]);
        out[1] = with_noise(exposed >> 16, noise[1]);
        out[2] = with_noise(exposed >> 32, noise[2]);
        out += 3;
        noise += 3;
        x += path.step_x;
        y += path.step_y;
    }
}

} // namespace

Sensor::Sensor(std::uint64_t seed) : seed_(seed), noise_(noise_starts + longest_row) {
    for (auto& value : noise_) { // the sum of eight bytes is close to a normal distribution
        std::uint64_t word = next_random(seed);
        int sum = 0;
        for (int i = 0; i < 8; ++i, word >>= 8)
            sum += static_cast<int>(word & 0xff);
        constexpr float mean = 8 * 127.5F, deviation = 209.0F; // sqrt(8 * (256^2 - 1) / 12)
        value = static_cast<std::int8_t>(
            std::lround((static_cast<float>(sum) - mean) / deviation * noise_deviation));
    }
}

void Sensor::expose(const Canvas& scene, const Pose& pose, std::uint64_t exposure_number,
                    Image& picture) const {
    const auto height = static_cast<float>(picture.height);
    const float cosine = std::cos(pose.roll) / pose.scale, sine = std::sin(pose.roll) / pose.scale;
    const float centre_x = static_cast<float>(scene.width - 1) / 2 - pose.right * height;
    const float centre_y = static_cast<float>(scene.height - 1) / 2 - pose.down * height;
    const float half_width = static_cast<float>(picture.width - 1) / 2, half_height = (height - 1) / 2;

    // an odd number: no two frames collide
    std::uint64_t random = seed_ ^ (exposure_number * 0xd1342543de82ef95);
    const Path path{.step_x = static_cast<int>(std::lround(cosine * one)),
                    .step_y = static_cast<int>(std::lround(sine * one)),
                    .last_x = (scene.width - 2) * one,
                    .last_y = (scene.height - 2) * one,
                    .exposure = static_cast<std::uint64_t>(std::lround(pose.exposure * exposure_one))};
    for (int row = 0; row < picture.height; ++row) {
        const float down = static_cast<float>(row) - half_height;
        const int x = static_cast<int>((centre_x - half_width * cosine - down * sine) * one);
        const int y = static_cast<int>((centre_y - half_width * sine + down * cosine) * one);
        expose_row(scene.pixels.data(), static_cast<std::size_t>(scene.width), path, x, y,
                   noise_.data() + next_random(random) % noise_starts,
                   picture.pixels.data() + static_cast<std::size_t>(row) * picture.stride(), picture.width);
    }
}

} // namespace kaomon::camera::simulated
