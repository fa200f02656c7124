// What the camera costs per frame of 640 x 480: rendering a simulated one, and decoding any.
#include "drivers/camera/jpeg.hpp"
#include "drivers/camera/simulated/scene.hpp"

#include <benchmark/benchmark.h>

namespace kaomon::camera {
namespace {

constexpr int width = 640, height = 480;

// A still of the size of a press photograph, with edges and fine texture.
Image still() {
    Image picture{.width = 900, .height = 1200, .channels = 3, .pixels = {}};
    picture.pixels.resize(picture.stride() * 1200);
    std::uint64_t state = 1;
    std::uint8_t* pixel = picture.pixels.data();
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x, pixel += 3) {
            const int base = 40 + 120 * x / picture.width + ((x / 60 + y / 60) % 2 == 0 ? 50 : 0);
            const auto grain = static_cast<int>(simulated::next_random(state) % 24);
            for (int channel = 0; channel < 3; ++channel) {
                pixel[channel] = static_cast<std::uint8_t>(base + grain + channel);
            }
        }
    }
    return picture;
}

std::shared_ptr<simulated::Stage> stage(PixelFormat format) {
    auto made = std::make_shared<simulated::Stage>();
    made->settings.format = format;
    made->stills.push_back(simulated::paint(still(), {}, width, height));
    return made;
}

void simulated_frame(benchmark::State& state, PixelFormat format) {
    simulated::Scene scene(stage(format), 0);
    std::uint64_t number = 0;
    std::size_t bytes = 0;
    for (auto _ : state)
        bytes = scene.frame(number++, false).size();
    state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK_CAPTURE(simulated_frame, mjpeg, PixelFormat::mjpeg)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(simulated_frame, yuyv, PixelFormat::yuyv)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(simulated_frame, rgb, PixelFormat::rgb24)->Unit(benchmark::kMillisecond);

// A head with its eyes 75 pixels apart, or what is held in its place.
void presented_frame(benchmark::State& state, Presentation presentation) {
    auto made = stage(PixelFormat::rgb24);
    made->settings.presentation = presentation;
    auto& canvas = made->stills.front();
    const auto middle = static_cast<float>(canvas.width) / 2,
               line = 0.42F * static_cast<float>(canvas.height);
    canvas.eyes = simulated::Eyes{middle - 37.5F, line, middle + 37.5F, line};
    simulated::Scene scene(made, 0);
    std::uint64_t number = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(scene.frame(number++, false));
}
BENCHMARK_CAPTURE(presented_frame, calm, Presentation::calm)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(presented_frame, turned, Presentation::turned)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(presented_frame, video, Presentation::video)->Unit(benchmark::kMillisecond);

void decode_frame(benchmark::State& state, PixelFormat format) {
    simulated::Scene scene(stage(format), 0);
    const Frame frame{
        .width = width, .height = height, .format = format, .bytes = scene.frame(0, false), .captured = {}};
    for (auto _ : state)
        benchmark::DoNotOptimize(decode(frame));
    state.counters["bytes"] = static_cast<double>(frame.bytes.size());
}
BENCHMARK_CAPTURE(decode_frame, mjpeg, PixelFormat::mjpeg)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decode_frame, yuyv, PixelFormat::yuyv)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decode_frame, rgb, PixelFormat::rgb24)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace kaomon::camera
