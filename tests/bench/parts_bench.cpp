// From a frame to a template, and its parts, on one thread. Needs models/ (tools/models/fetch --demo).
#include "daemon/face/align_cv.hpp"
#include "daemon/face/detector_cv.hpp"
#include "daemon/face/embedder_cv.hpp"
#include "daemon/face/mesh_cv.hpp"
#include "daemon/face/model_store.hpp"
#include "daemon/face/picture_cv.hpp"
#include "daemon/liveness/feed.hpp"
#include "drivers/camera/frame.hpp"
#include "tests/bench/camera_frame.hpp"
#include "tests/bench/must.hpp"

#include <benchmark/benchmark.h>
#include <opencv2/core.hpp>

#include <stdexcept>
#include <vector>

namespace kaomon::face {
namespace {

using bench::must;

struct Fixture {
    camera::Frame frame = bench::mjpeg_frame();
    Image picture = must(camera::decode(frame));
    cv::Mat rgb = as_rgb(picture);
    ModelStore store = must(ModelStore::open(KAOMON_SOURCE_DIR "/models"));
    std::unique_ptr<Pipeline> pipeline = must(Pipeline::load(KAOMON_SOURCE_DIR "/models"));
    Detector detector = must(Detector::open(must(store.find("detector"))->file));
    Mesh mesh = must(Mesh::open(must(store.find("mesh"))->file));
    Embedder embedder = must(Embedder::open(must(store.find("embedder"))->file));
    Detection face = must(detector.find(rgb)).at(0);
    Observation seen = must(pipeline->observe(picture));
    cv::Mat aligned = align(rgb, seen.five);
};

Fixture& fixture() {
    static Fixture instance;
    return instance;
}

void frame_to_template(benchmark::State& state) {
    Fixture& b = fixture();
    for (auto _ : state) {
        const auto picture = camera::decode(b.frame);
        const auto face = b.pipeline->observe(*picture);
        benchmark::DoNotOptimize(b.pipeline->embed(*picture, *face));
    }
}
void decode_mjpeg(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(camera::decode(fixture().frame));
}
void observe(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(fixture().pipeline->observe(fixture().picture));
}
void detector(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(fixture().detector.find(fixture().rgb));
}
void mesh(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(fixture().mesh.fit(fixture().rgb, fixture().face));
}
void align_face(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(align(fixture().rgb, fixture().seen.five));
}
void embedder(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(fixture().embedder.embed(fixture().aligned));
}
void feed_checks(benchmark::State& state) { // with a full memory of earlier frames
    liveness::Feed feed;
    Image picture = fixture().picture;
    std::uint64_t sequence = 0;
    const auto next = [&] {
        ++picture.pixels[static_cast<std::size_t>(sequence * 7919 %
                                                  picture.pixels.size())]; // never the same twice
        ++sequence;
        feed.add_frame(picture, Instant(Milliseconds(33 * sequence)), sequence);
    };
    for (int i = 0; i < 300; ++i)
        next();
    for (auto _ : state) {
        next();
        benchmark::DoNotOptimize(feed.evidence());
    }
}
void load_models(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(Pipeline::load(KAOMON_SOURCE_DIR "/models"));
}

BENCHMARK(frame_to_template)->Unit(benchmark::kMillisecond);
BENCHMARK(decode_mjpeg)->Unit(benchmark::kMillisecond);
BENCHMARK(observe)->Unit(benchmark::kMillisecond);
BENCHMARK(detector)->Unit(benchmark::kMillisecond);
BENCHMARK(mesh)->Unit(benchmark::kMillisecond);
BENCHMARK(align_face)->Unit(benchmark::kMillisecond);
BENCHMARK(embedder)->Unit(benchmark::kMillisecond);
BENCHMARK(feed_checks)->Unit(benchmark::kMillisecond);
BENCHMARK(load_models)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace kaomon::face
