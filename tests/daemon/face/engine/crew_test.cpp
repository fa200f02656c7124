// The helper: every piece done exactly once, by two threads, whatever the pause between pieces.
#include "daemon/face/engine/crew.hpp"
#include "daemon/face/engine/engine.hpp"
#include "daemon/face/engine/kernels.hpp"
#include "tests/daemon/face/engine/network_file.hpp"

#include <gtest/gtest.h>

#include <array>
#include <ctime>
#include <numeric>
#include <thread>
#include <vector>

namespace kaomon::face::engine {
namespace {

TEST(Part, SharesCoverEverythingOnce) {
    for (const std::size_t n : {0U, 1U, 2U, 7U, 100U}) {
        const auto first = Part{0, 2}.of(n);
        const auto second = Part{1, 2}.of(n);
        EXPECT_EQ(first.first, 0U);
        EXPECT_EQ(first.second, second.first);
        EXPECT_EQ(second.second, n);
    }
    EXPECT_EQ(Part{}.of(5), (std::pair<std::size_t, std::size_t>{0, 5}));
}

TEST(Crew, DoesBothSharesAndIsBackAfterThem) {
    Crew crew;
    std::vector<int> done(1000); // not atomic: TSan would see a share still under way
    std::array<std::thread::id, 2> who;
    for (int round = 0; round < 200; ++round) {
        auto work = [&](Part part) {
            who.at(part.index) = std::this_thread::get_id();
            const auto [from, to] = part.of(done.size());
            for (std::size_t i = from; i < to; ++i)
                ++done[i];
        };
        crew.split(work);
        if (round % 50 == 0) // long enough for the helper to fall asleep
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    EXPECT_EQ(std::accumulate(done.begin(), done.end(), 0), 200'000);
    EXPECT_EQ(who[0], std::this_thread::get_id());
    EXPECT_NE(who[1], who[0]);
}

TEST(Crew, MayBeUsedByOneThreadAfterTheOther) {
    Crew crew;
    int sum = 0;
    std::array<int, 2> shares{};
    auto work = [&](Part part) { shares.at(part.index) = 1; };
    crew.split(work);
    std::thread([&] { crew.split(work); }).join();
    sum = shares[0] + shares[1];
    EXPECT_EQ(sum, 2);
}

TEST(Crew, ItsHelperSleepsWhenThereIsNothingToDo) {
    Crew crew;
    auto work = [](Part) {};
    crew.split(work);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    const std::clock_t before = std::clock(); // CPU time of the whole process
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    EXPECT_LT(std::clock() - before, CLOCKS_PER_SEC / 10) << "somebody is spinning";
}

TEST(Crew, EndsWithoutEverHavingWorked) {
    for (int i = 0; i < 20; ++i)
        Crew{};
}

// Two networks and one helper, as in the pipeline: the whole engine under ThreadSanitizer.
TEST(Crew, HelpsSeveralNetworks) {
    if (!has_kernels())
        GTEST_SKIP() << "this CPU has no AVX2 or no FMA";
    NetworkFile file(40, 40);
    Layer layer;
    layer.kernel_height = layer.kernel_width = 3;
    layer.padding = {1, 1, 1, 1};
    file.add(layer, 32, 3);
    Layer depthwise = layer;
    depthwise.kind = Kind::depthwise;
    depthwise.source = 1;
    depthwise.stride = 5;
    depthwise.reach = 20;
    file.add(depthwise, 32, 32);
    Layer point;
    point.source = 2;
    file.add(point, 64, 32); // 8 x 8: shared out by channels
    Layer flatten;
    flatten.kind = Kind::flatten;
    flatten.source = 3;
    file.add(flatten, 64, 64);
    Layer matrix;
    matrix.source = 4;
    file.output(file.add(matrix, 128, 4096, 64), "y");
    const auto model = read_model(file.bytes());
    ASSERT_TRUE(model) << model.error().detail;
    auto crew = std::make_shared<Crew>();
    const auto one = open(*model, Arithmetic::int16, crew);
    const auto other = open(*model, Arithmetic::int16, crew);
    ASSERT_TRUE(one && other);
    const Bytes pixels = noise(40 * 40 * 3);
    for (int i = 0; i < 20; ++i)
        ASSERT_TRUE((*one)->run({.first = pixels.data(), .row = 120}) &&
                    (*other)->run({.first = pixels.data(), .row = 120}));
    EXPECT_TRUE(std::ranges::equal((*one)->output(0), (*other)->output(0)));
}

} // namespace
} // namespace kaomon::face::engine
