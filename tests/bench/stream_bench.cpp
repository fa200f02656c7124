// A followed face, from the MJPEG frame to its quality, on one thread; and what it is made of. Needs models/
// (tools/models/fetch --demo). Peer: the same frames with the detector on every one.
#include "daemon/face/model_store.hpp"
#include "daemon/face/nets_cv.hpp"
#include "daemon/face/picture_cv.hpp"
#include "daemon/face/quality_cv.hpp"
#include "daemon/face/stream.hpp"
#include "drivers/camera/frame.hpp"
#include "drivers/camera/jpeg.hpp"
#include "tests/bench/must.hpp"
#include "tests/daemon/face/placed.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <stdexcept>

namespace kaomon::face {
namespace {

using bench::must;

// A person who sways for two seconds, as a UVC camera sends it: 640 x 480, 4:2:2.
struct Fixture {
    Result<void> memory = open_secret_arena(std::size_t{64} << 20); // as the daemon has it
    std::unique_ptr<Pipeline> pipeline = must(Pipeline::load(KAOMON_SOURCE_DIR "/models"));
    std::vector<camera::Frame> frames;

    Fixture() {
        const Image portrait = photograph("obama");
        const auto face = must(pipeline->observe(portrait));
        const Sitter who = sitter(portrait, face);
        for (int i = 0; i < 60; ++i) {
            const double turn = i * 2 * 3.14159265 / 60;
            camera::Frame frame{.width = 640,
                                .height = 480,
                                .format = camera::PixelFormat::mjpeg,
                                .bytes = {},
                                .captured = {}};
            frame.bytes = camera::encode_jpeg(placed(who, 320 + 60 * std::sin(turn),
                                                     220 + 20 * std::cos(2 * turn), 75 + 10 * std::sin(turn)),
                                              85);
            frames.push_back(std::move(frame));
        }
    }
};

Fixture& fixture() {
    static Fixture instance;
    return instance;
}

// `interval`: between frames; 33 ms lets the detector look at every sixth one, 0 never after the first.
void tracked_frame(benchmark::State& state, Milliseconds interval) {
    Fixture& b = fixture();
    Stream stream(*b.pipeline);
    Instant now{std::chrono::hours(1)};
    std::size_t i = 0;
    for (auto _ : state) {
        const auto picture = camera::decode(b.frames[i++ % b.frames.size()]);
        benchmark::DoNotOptimize(must(stream.look(*picture, now)));
        now += interval;
    }
    state.counters["detections"] =
        benchmark::Counter(static_cast<double>(stream.detections()), benchmark::Counter::kAvgIterations);
}
void detected_frame(benchmark::State& state) {
    Fixture& b = fixture();
    std::size_t i = 0;
    for (auto _ : state) {
        const auto picture = camera::decode(b.frames[i++ % b.frames.size()]);
        benchmark::DoNotOptimize(must(b.pipeline->observe(*picture)));
    }
}
void decode_frame(benchmark::State& state) {
    Fixture& b = fixture();
    std::size_t i = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(camera::decode(b.frames[i++ % b.frames.size()]));
}

struct Fitted {
    ModelStore store = must(ModelStore::open(KAOMON_SOURCE_DIR "/models"));
    Mesh mesh = must(Mesh::open(must(store.find("mesh"))->file));
    Image picture = must(camera::decode(fixture().frames.front()));
    cv::Mat rgb = as_rgb(picture);
    Crop crop = crop_around(must(fixture().pipeline->observe(picture)).mesh);
    MeshResult result = must(mesh.fit(rgb, crop));
};
Fitted& fitted() {
    static Fitted instance;
    return instance;
}

void cut_crop(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(cut(fitted().rgb, fitted().crop));
}
void fit_mesh(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(fitted().mesh.fit(fitted().rgb, fitted().crop));
}
void measure_quality(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(measure(fitted().result, 480));
}

BENCHMARK_CAPTURE(tracked_frame, thirty_a_second, Milliseconds(33))->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(tracked_frame, detector_resting, Milliseconds(0))->Unit(benchmark::kMillisecond);
BENCHMARK(detected_frame)->Unit(benchmark::kMillisecond);
BENCHMARK(decode_frame)->Unit(benchmark::kMillisecond);
BENCHMARK(cut_crop)->Unit(benchmark::kMillisecond);
BENCHMARK(fit_mesh)->Unit(benchmark::kMillisecond);
BENCHMARK(measure_quality)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace kaomon::face
