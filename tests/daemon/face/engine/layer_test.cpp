// Every kind of layer in many shapes: the kernels of each instruction set of this CPU against those of AVX2,
// to the last bit, and AVX2 against OpenCV DNN.
#include "daemon/face/engine/engine.hpp"
#include "daemon/face/network.hpp"
#include "tests/daemon/face/engine/network_file.hpp"
#include "tests/daemon/face/engine/same_bits.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace kaomon::face::engine {
namespace {

// The largest difference between the two, over all outputs, by the size of what they say.
class Layers : public testing::Test {
  protected:
    void SetUp() override {
        if (!fastest_kernels())
            GTEST_SKIP() << "this CPU has no AVX2 or no FMA";
    }

    void agree(const NetworkFile& file, std::uint32_t height, std::uint32_t width,
               std::vector<std::string> outputs, Arithmetic arithmetic = Arithmetic::fp32,
               float tolerance = 1e-5F) {
        const Bytes bytes = file.bytes();
        auto model = read_model(bytes);
        const auto oracle = open_network(bytes, {static_cast<int>(height), static_cast<int>(width), outputs},
                                         Backend::opencv);
        ASSERT_TRUE(model) << model.error().detail;
        ASSERT_TRUE(oracle) << oracle.error().detail;
        std::ranges::sort(model->outputs, {}, [&](const Output& output) { // as they are asked for
            return std::ranges::find(outputs, output.name) - outputs.begin();
        });
        std::vector<std::unique_ptr<Network>> own; // AVX2 first
        for (const InstructionSet set : values<InstructionSet>()) {
            if (const Kernels* const kernels = kernels_for(set)) {
                own.push_back(std::move(*open(*model, arithmetic, *kernels)));
            }
        }
        for (const unsigned seed : {1U, 2U}) { // the second run finds what the first has left
            const Bytes pixels = noise(std::size_t{height} * width * 3, seed);
            const Pixels picture{
                .first = pixels.data(), .row = std::size_t{width} * 3, .factor = 1 / 64.F, .offset = -2};
            ASSERT_TRUE((*oracle)->run(picture));
            for (const auto& one : own)
                ASSERT_TRUE(one->run(picture));
            for (std::size_t i = 0; i < outputs.size(); ++i) {
                compare(own[0]->output(i), (*oracle)->output(i), tolerance);
                for (const auto& one : own)
                    ASSERT_TRUE(same_bits(one->output(i), own[0]->output(i)));
            }
        }
    }

    static void compare(std::span<const float> own, std::span<const float> oracle, float tolerance) {
        ASSERT_EQ(own.size(), oracle.size());
        float most = 1;
        for (const float number : oracle)
            most = std::max(most, std::abs(number));
        for (std::size_t i = 0; i < own.size(); ++i)
            ASSERT_NEAR(own[i], oracle[i], tolerance * most) << "at " << i << " of " << own.size();
    }
};

TEST_F(Layers, Convolution) {
    struct Case {
        std::uint32_t height, width, channels, kernel_height, kernel_width, stride;
        Padding padding;
        Activation activation;
    };
    for (const Case& c :
         {Case{40, 33, 32, 3, 3, 1, {1, 1, 1, 1}, Activation::prelu},
          Case{40, 33, 24, 5, 5, 2, {1, 1, 2, 2}, Activation::relu},
          Case{17, 16, 16, 3, 3, 2, {0, 0, 1, 1}, Activation::nothing},
          Case{9, 200, 5, 1, 1, 1, {}, Activation::relu},
          Case{200, 3, 41, 2, 3, 3, {2, 0, 0, 1}, Activation::prelu},
          Case{1, 1, 8, 1, 1, 1, {}, Activation::prelu}, Case{7, 7, 77, 7, 7, 1, {}, Activation::relu},
          Case{6, 5, 1, 3, 2, 2, {}, Activation::nothing}}) {
        NetworkFile file(c.height, c.width);
        Layer layer;
        layer.kernel_height = c.kernel_height;
        layer.kernel_width = c.kernel_width;
        layer.stride = c.stride;
        layer.padding = c.padding;
        layer.activation = c.activation;
        file.output(file.add(layer, c.channels, 3), "y");
        SCOPED_TRACE(c.height);
        agree(file, c.height, c.width, {"y"});
    }
}

TEST_F(Layers, PointwiseInEveryNumberOfChannels) {
    for (std::uint32_t channels = 1; channels <= 73; channels += 6) {
        for (const std::uint32_t side : {2U, 3U, 7U, 14U, 23U}) {
            NetworkFile file(side, side + 1);
            Layer first;
            file.add(first, channels, 3);
            Layer second;
            second.source = 1;
            second.activation = Activation::prelu;
            file.output(file.add(second, 74 - channels, channels), "y");
            SCOPED_TRACE(testing::Message() << channels << " channels, side " << side);
            agree(file, side, side + 1, {"y"});
        }
    }
}

// What lies between the two layers goes as integers where its reach is known.
struct DepthwiseAndPointwise {
    std::uint32_t side, kernel, stride, channels, next;
    float reach = 0;
    bool alone = false; // the first is an output too
    NetworkFile file() const {
        NetworkFile file(side, side);
        Layer widen;
        widen.activation = Activation::relu;
        file.add(widen, channels, 3);
        Layer depthwise;
        depthwise.kind = Kind::depthwise;
        depthwise.source = 1;
        depthwise.kernel_height = depthwise.kernel_width = kernel;
        depthwise.stride = stride;
        depthwise.padding = {kernel / 2, 0, 1, kernel / 2};
        depthwise.activation = Activation::prelu;
        depthwise.reach = reach;
        const std::uint32_t between = file.add(depthwise, channels, channels);
        if (alone)
            file.output(between, "z");
        Layer point;
        point.source = between;
        point.activation = Activation::prelu;
        file.output(file.add(point, next, channels), "y");
        return file;
    }
};

TEST_F(Layers, IntegersWithinTheirReach) {
    for (const std::uint32_t kernel : {1U, 3U, 4U}) {
        for (const std::uint32_t stride : {1U, 2U, 3U}) {
            for (const std::uint32_t side : {5U, 7U, 12U, 26U}) {
                for (const std::uint32_t channels : {1U, 28U, 75U}) {
                    SCOPED_TRACE(testing::Message() << "kernel " << kernel << ", stride " << stride
                                                    << ", side " << side << ", channels " << channels);
                    const DepthwiseAndPointwise net{side, kernel, stride, channels, 100 - channels, 64};
                    agree(net.file(), side, side, {"y"}, Arithmetic::int16, 2e-3F);
                }
            }
        }
    }
}

// Weights of a row are at most 1 together, and biases and slopes at most 1 and 1.5.
TEST_F(Layers, IntegersBeyondTheirReachAreCutOff) {
    for (const float reach : {1e-6F, 0.01F, 0.5F}) {
        const DepthwiseAndPointwise net{14, 3, 1, 512, 64, reach};
        auto own = open_network(net.file().bytes(), {14, 14, {"y"}}, Backend::own_int16);
        ASSERT_TRUE(own) << own.error().detail;
        const Bytes pixels = noise(14UL * 14 * 3);
        ASSERT_TRUE((*own)->run({.first = pixels.data(), .row = 14UL * 3, .factor = 1000, .offset = 0}));
        for (const float number : (*own)->output(0))
            ASSERT_LE(std::abs(number), 1.5F * (1 + reach) * 1.001F) << "reach " << reach;
    }
}

TEST_F(Layers, DepthwiseAloneAndBeforeAPointwise) {
    for (const bool alone : {true, false}) {
        for (const std::uint32_t kernel : {1U, 3U, 4U}) {
            for (const std::uint32_t stride : {1U, 2U, 3U}) {
                for (const std::uint32_t side : {5U, 7U, 12U, 26U}) {
                    SCOPED_TRACE(testing::Message()
                                 << "kernel " << kernel << ", stride " << stride << ", side " << side);
                    const DepthwiseAndPointwise net{side, kernel, stride, 28, 36, 0, alone};
                    if (alone)
                        agree(net.file(), side, side, {"y", "z"});
                    else
                        agree(net.file(), side, side, {"y"});
                }
            }
        }
    }
}

// As in the detector and the mesh: a maximum and fewer channels on the short way.
TEST_F(Layers, ResidualOfFewerChannelsThroughAMaximum) {
    for (const std::uint32_t channels : {3U, 8U, 28U, 64U}) {
        NetworkFile file(26, 26);
        Layer widen;
        widen.activation = Activation::prelu;
        file.add(widen, channels, 3);
        Layer depthwise;
        depthwise.kind = Kind::depthwise;
        depthwise.source = 1;
        depthwise.kernel_height = depthwise.kernel_width = 3;
        depthwise.stride = 2;
        depthwise.padding = {0, 0, 1, 1};
        file.add(depthwise, channels, channels);
        Layer pool;
        pool.kind = Kind::max_pool;
        pool.source = 1;
        pool.kernel_height = pool.kernel_width = pool.stride = 2;
        file.add(pool, channels, channels);
        Layer sum;
        sum.source = 2;
        sum.residual = 3;
        sum.activation = Activation::prelu;
        file.output(file.add(sum, channels + 6, channels), "y");
        Layer same;
        same.source = 4;
        same.residual = 4;
        file.output(file.add(same, channels + 6, channels + 6), "z");
        SCOPED_TRACE(channels);
        agree(file, 26, 26, {"z", "y"});
    }
}

TEST_F(Layers, FlattenAndMatrix) {
    for (const std::uint32_t block : {0U, 64U, 7U, 100'000U}) {
        for (const std::uint32_t rows : {1U, 64U, 130U}) {
            NetworkFile file(6, 5);
            Layer widen;
            widen.activation = Activation::prelu;
            file.add(widen, 20, 3);
            Layer flatten;
            flatten.kind = Kind::flatten;
            flatten.source = 1;
            file.add(flatten, 20, 20);
            Layer matrix;
            matrix.source = 2;
            matrix.activation = Activation::prelu;
            file.output(file.add(matrix, rows, 600, block), "y");
            Layer next; // whose residual is one of the matrix
            next.source = 3;
            next.residual = 3;
            file.output(file.add(next, rows + 70, rows), "z");
            SCOPED_TRACE(testing::Message() << "block " << block << ", rows " << rows);
            agree(file, 6, 5, {"y", "z"});
        }
    }
}

TEST_F(Layers, EightBitWeightsOfAConvolution) {
    NetworkFile file(20, 20);
    file.factor = 0.5F;
    file.offset = 0.25F;
    Layer first;
    first.kernel_height = first.kernel_width = 3;
    first.activation = Activation::relu;
    file.add(first, 96, 3, 27);
    Layer second;
    second.source = 1;
    file.output(file.add(second, 33, 96, 64), "y");
    agree(file, 20, 20, {"y"});
}

TEST_F(Layers, TheInputItselfReadByEveryKind) {
    NetworkFile file(12, 12);
    Layer depthwise;
    depthwise.kind = Kind::depthwise;
    depthwise.kernel_height = depthwise.kernel_width = 3;
    depthwise.padding = {1, 1, 1, 1};
    file.output(file.add(depthwise, 3, 3), "a");
    Layer pool;
    pool.kind = Kind::max_pool;
    pool.kernel_height = pool.kernel_width = 3;
    file.output(file.add(pool, 3, 3), "b");
    Layer sum;
    sum.residual = 0;
    file.output(file.add(sum, 11, 3), "c");
    Layer flatten;
    flatten.kind = Kind::flatten;
    file.output(file.add(flatten, 3, 3), "d");
    agree(file, 12, 12, {"a", "b", "c", "d"});
}

} // namespace
} // namespace kaomon::face::engine
