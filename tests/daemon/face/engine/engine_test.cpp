// What a run does besides its arithmetic: allocates nothing, leaves the thread's float mode alone, forgets.
#include "daemon/face/engine/engine.hpp"
#include "daemon/face/engine/float_mode.hpp"
#include "daemon/face/engine/kernels.hpp"
#include "daemon/face/engine/plan.hpp"
#include "tests/daemon/face/engine/network_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <limits>
#include <new>

namespace {
std::atomic<std::size_t> allocations = 0; // of the whole process, the helper included
}

void* operator new(std::size_t size) {
    ++allocations;
    if (void* block = std::malloc(size))
        return block;
    throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    ++allocations;
    return std::malloc(size);
}
void operator delete(void* block) noexcept {
    std::free(block);
}
void operator delete(void* block, std::size_t) noexcept {
    std::free(block);
}

namespace kaomon::face::engine {
namespace {

constexpr std::uint32_t side = 20;

// A small net with every kind of layer, many of which share memory; every second pair hands over integers.
NetworkFile some_net() {
    NetworkFile file(side, side);
    Layer layer;
    layer.kernel_height = layer.kernel_width = 3;
    layer.padding = {1, 1, 1, 1};
    layer.activation = Activation::prelu;
    std::uint32_t last = file.add(layer, 32, 3);
    for (int i = 0; i < 6; ++i) {
        Layer depthwise = layer;
        depthwise.kind = Kind::depthwise;
        depthwise.source = last;
        depthwise.reach = i % 2 == 0 ? 20.F : 0.F;
        const std::uint32_t between = file.add(depthwise, 32, 32);
        Layer point;
        point.source = between;
        point.residual = last;
        point.activation = Activation::relu;
        last = file.add(point, 32, 32);
    }
    Layer pool;
    pool.kind = Kind::max_pool;
    pool.source = last;
    pool.kernel_height = pool.kernel_width = pool.stride = 2;
    last = file.add(pool, 32, 32);
    Layer flatten;
    flatten.kind = Kind::flatten;
    flatten.source = last;
    last = file.add(flatten, 32, 32);
    Layer matrix;
    matrix.source = last;
    last = file.add(matrix, 128, 3200, 64);
    file.output(last, "y");
    return file;
}

class EngineTest : public testing::Test {
  protected:
    void SetUp() override {
        if (!fastest_kernels())
            GTEST_SKIP() << "this CPU has no AVX2 or no FMA";
    }
    static std::unique_ptr<Network> open_some() {
        const auto model = read_model(some_net().bytes());
        return std::move(*open(*model, Arithmetic::int16, *fastest_kernels()));
    }
    const Bytes pixels = noise(side * side * 3);
    const Pixels picture{.first = pixels.data(), .row = side * 3, .factor = 1 / 128.F, .offset = -1};
};

TEST_F(EngineTest, ARunAllocatesNothing) {
    const auto network = open_some();
    ASSERT_TRUE(network->run(picture));
    const std::size_t before = allocations;
    for (int i = 0; i < 10; ++i)
        ASSERT_TRUE(network->run(picture));
    EXPECT_EQ(allocations, before);
}

TEST_F(EngineTest, EqualInEqualOut) {
    const auto one = open_some();
    const auto another = open_some();
    ASSERT_TRUE(one->run(picture) && another->run(picture));
    const std::vector<float> first(one->output(0).begin(), one->output(0).end());
    EXPECT_TRUE(std::ranges::equal(first, another->output(0)));
    const Bytes other = noise(pixels.size(), 9);
    ASSERT_TRUE(one->run({.first = other.data(), .row = side * 3}));
    EXPECT_FALSE(std::ranges::equal(first, one->output(0)));
    ASSERT_TRUE(one->run(picture));
    EXPECT_TRUE(std::ranges::equal(first, one->output(0)));
}

TEST_F(EngineTest, LeavesTheFloatModeOfItsCaller) {
    volatile float smallest = std::numeric_limits<float>::min();
    const auto network = open_some();
    ASSERT_TRUE(network->run(picture));
    EXPECT_GT(smallest / 2, 0) << "subnormal numbers are numbers again after a run";
    const unsigned before = _mm_getcsr();
    {
        const FloatMode mode;
        EXPECT_EQ(smallest / 2, 0);
        const FloatMode within;
    }
    EXPECT_EQ(_mm_getcsr(), before);
}

TEST_F(EngineTest, ForgetsTheFace) {
    const auto network = open_some();
    ASSERT_TRUE(network->run(picture));
    ASSERT_TRUE(std::ranges::any_of(network->output(0), [](float number) { return number != 0; }));
    network->forget();
    EXPECT_TRUE(std::ranges::all_of(network->output(0), [](float number) { return number == 0; }));
    ASSERT_TRUE(network->run(picture)); // and goes on working
    EXPECT_TRUE(std::ranges::any_of(network->output(0), [](float number) { return number != 0; }));
}

TEST_F(EngineTest, RowsOfAPictureMayLieApart) {
    const auto network = open_some();
    ASSERT_TRUE(network->run(picture));
    const std::vector<float> dense(network->output(0).begin(), network->output(0).end());
    Bytes wide(side * 100);
    for (std::size_t y = 0; y < side; ++y)
        std::copy_n(pixels.data() + y * side * 3, side * 3, wide.data() + y * 100);
    ASSERT_TRUE(
        network->run({.first = wide.data(), .row = 100, .factor = picture.factor, .offset = picture.offset}));
    EXPECT_TRUE(std::ranges::equal(dense, network->output(0)));
}

// Two tensors that live at the same time never share memory.
TEST(Plan, TensorsThatLiveTogetherLieApart) {
    const auto model = read_model(some_net().bytes());
    ASSERT_TRUE(model);
    const auto plan = make_plan(*model);
    ASSERT_TRUE(plan);
    std::size_t whole = 0;
    for (const TensorLayout& layout : plan->layouts)
        whole += layout.size;
    EXPECT_LT(plan->memory, whole / 2) << "tensors share memory";
    // What a step reads and what it writes: its source, its residual, its target.
    const auto apart = [&](std::uint32_t a, std::uint32_t b) {
        const TensorLayout& one = plan->layouts[a];
        const TensorLayout& other = plan->layouts[b];
        return one.begin + one.size <= other.begin || other.begin + other.size <= one.begin;
    };
    for (const Step& step : plan->steps) {
        const Layer& layer = model->layers[step.layer];
        const std::uint32_t source = step.depthwise ? model->layers[*step.depthwise].source : layer.source;
        EXPECT_TRUE(apart(source, step.layer + 1)) << step.layer;
        if (layer.residual) {
            EXPECT_TRUE(apart(*layer.residual, step.layer + 1)) << step.layer;
        }
    }
}

TEST(Plan, ADepthwiseLayerGoesWithThePointwiseOneThatAloneReadsIt) {
    const auto model = read_model(some_net().bytes());
    const auto plan = make_plan(*model);
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->steps.size(), model->layers.size() - 6);
    EXPECT_EQ(std::ranges::count_if(plan->steps, [](const Step& step) { return step.depthwise.has_value(); }),
              6);
}

} // namespace
} // namespace kaomon::face::engine
