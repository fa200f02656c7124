// What liveness adds to a tracked frame of 640 x 480, on one thread. Needs models/ (tools/models/fetch
// --demo).
#include "daemon/face/pipeline.hpp"
#include "daemon/liveness/feed.hpp"
#include "daemon/liveness/head_turn.hpp"
#include "daemon/liveness/photo_replay.hpp"
#include "daemon/liveness/relief.hpp"
#include "daemon/liveness/watch.hpp"
#include "drivers/camera/jpeg.hpp"
#include "drivers/camera/simulated/scene.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace kaomon::liveness {
namespace {

namespace sim = camera::simulated;

// Two seconds of a head that turns and blinks, at 30 frames a second.
struct Clip {
    std::vector<Image> pictures;
    std::vector<std::optional<face::Observation>> faces;

    Clip() {
        auto pipeline = face::Pipeline::load(KAOMON_SOURCE_DIR "/models");
        std::ifstream file(KAOMON_SOURCE_DIR "/models/demo/obama2.jpg", std::ios::binary);
        if (!pipeline || !file)
            throw std::runtime_error("run tools/models/fetch --demo");
        const std::vector<char> jpeg((std::istreambuf_iterator<char>(file)), {});
        const Image still =
            camera::decode_jpeg({reinterpret_cast<const std::uint8_t*>(jpeg.data()), jpeg.size()}, 4096);
        auto stage = std::make_shared<sim::Stage>();
        stage->settings.format = camera::PixelFormat::rgb24;
        stage->stills.push_back(sim::paint(still, {.eyes = sim::Eyes{251, 370, 374, 384}}, 640, 480));
        sim::Scene scene(stage, 0);
        for (std::uint64_t number = 0; number < 60; ++number) {
            pictures.push_back({640, 480, 3, scene.frame(number, false)});
            const auto face = (*pipeline)->observe(pictures.back());
            faces.push_back(face ? std::optional(*face) : std::nullopt);
        }
    }
};

Clip& clip() {
    static Clip instance;
    return instance;
}

// The picture is where the decoder has just put it, and not out of the cache as those of two seconds would
// be.
template<class Work>
void each_frame(benchmark::State& state, Work work, std::size_t different = 60) {
    Clip& frames = clip();
    Image picture = frames.pictures.front();
    std::uint64_t number = 0;
    for (auto _ : state) {
        const std::size_t i = number % different;
        std::ranges::copy(frames.pictures[i].pixels, picture.pixels.begin());
        const auto begin = std::chrono::steady_clock::now();
        work(picture, i, Instant(Milliseconds(33 * number)), number);
        state.SetIterationTime(
            std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
        ++number;
    }
}

void watch(benchmark::State& state) { // all of it, the feed's checks included
    std::optional<Watch> watch(std::in_place);
    each_frame(state, [&](const Image& picture, std::size_t i, Instant now, std::uint64_t number) {
        if (i == 0)
            watch.emplace(); // a visit of two seconds
        watch->add(picture, clip().faces[i], now, number);
    });
}
// The relief is looked at for as long as nothing showed; the photograph is known.
void watch_of_who_sits_still(benchmark::State& state) {
    std::optional<Watch> watch;
    Clip& frames = clip();
    each_frame(
        state,
        [&](const Image& picture, std::size_t i, Instant now, std::uint64_t number) {
            if (number % 60 == 0) { // a visit of two seconds
                watch.emplace();
                watch->photograph(frames.pictures[30], *frames.faces[30]);
            }
            watch->add(picture, frames.faces[i], now, number);
        },
        2);
}
void feed_alone(benchmark::State& state) {
    std::optional<Feed> feed(std::in_place);
    each_frame(state, [&](const Image& picture, std::size_t i, Instant now, std::uint64_t number) {
        if (i == 0)
            feed.emplace();
        feed->add_frame(picture, now, number);
    });
}
void crop(benchmark::State& state) {
    each_frame(state, [](const Image& picture, std::size_t i, Instant, std::uint64_t) {
        benchmark::DoNotOptimize(cut_face(picture, *clip().faces[i]));
    });
}
void find_corners(benchmark::State& state) {
    const FaceCrop face = cut_face(clip().pictures[0], *clip().faces[0]);
    for (auto _ : state)
        benchmark::DoNotOptimize(corners(face, 70));
}
void compare_two_views(benchmark::State& state) {
    const FaceCrop before = cut_face(clip().pictures[0], *clip().faces[0]);
    const FaceCrop after = cut_face(clip().pictures[40], *clip().faces[40]);
    const auto points = corners(before, 70);
    for (auto _ : state)
        benchmark::DoNotOptimize(compare_views(before, points, after, 0.1F));
}
// What a face costs every 120 ms until its relief has shown, and the view that is kept every 200 ms.
void compare_relief(benchmark::State& state) {
    const FaceCrop before = cut_face(clip().pictures[0], *clip().faces[0]);
    const FaceCrop after = cut_face(clip().pictures[10], *clip().faces[10]);
    const ReliefView view = relief_view(before, *clip().faces[0], Instant{});
    for (auto _ : state)
        benchmark::DoNotOptimize(relief_shift(view, after, *clip().faces[10]));
}
void keep_relief_view(benchmark::State& state) {
    const FaceCrop face = cut_face(clip().pictures[0], *clip().faces[0]);
    for (auto _ : state)
        benchmark::DoNotOptimize(relief_view(face, *clip().faces[0], Instant{}));
}
// The photograph against a view of the same face: a moment apart, or its re-photograph.
void compare_with_photograph(benchmark::State& state, std::size_t view) {
    const Grey photograph = fine_structure(cut_face(clip().pictures[0], *clip().faces[0]));
    const Grey live = fine_structure(cut_face(clip().pictures[view], *clip().faces[view]));
    for (auto _ : state)
        benchmark::DoNotOptimize(similarity(photograph, live));
    state.counters["similarity"] = *similarity(photograph, live);
}

BENCHMARK(watch)->UseManualTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(watch_of_who_sits_still)->UseManualTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(feed_alone)->UseManualTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(crop)->UseManualTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(find_corners)->Unit(benchmark::kMicrosecond);
BENCHMARK(compare_two_views)->Unit(benchmark::kMicrosecond);
BENCHMARK(compare_relief)->Unit(benchmark::kMicrosecond);
BENCHMARK(keep_relief_view)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(compare_with_photograph, later, 40)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(compare_with_photograph, same, 1)->Unit(benchmark::kMicrosecond);

} // namespace
} // namespace kaomon::liveness
