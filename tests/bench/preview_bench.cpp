// What the patient's own picture costs the face thread: ten times a second while somebody looks, and nothing
// otherwise.
#include "daemon/visit/preview.hpp"
#include "drivers/camera/frame.hpp"
#include "tests/bench/camera_frame.hpp"

#include <benchmark/benchmark.h>

namespace kaomon::visit {
namespace {

void preview(benchmark::State& state, bool watched) {
    const Image picture = *camera::decode(bench::mjpeg_frame());
    std::size_t bytes = 0;
    Preview preview;
    if (watched)
        preview.show_to([&](const PreviewFrame& frame) { bytes += frame.jpeg.size(); });
    Instant captured{};
    for (auto _ : state)
        preview.next(picture, face::Box{200, 100, 440, 400}, captured += Milliseconds(100));
    state.counters["bytes"] =
        benchmark::Counter(static_cast<double>(bytes), benchmark::Counter::kAvgIterations);
}

BENCHMARK_CAPTURE(preview, watched, true)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(preview, nobody_looks, false)->Unit(benchmark::kMicrosecond);

} // namespace
} // namespace kaomon::visit
