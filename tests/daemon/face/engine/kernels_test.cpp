// The kernels of each instruction set against those of AVX2: the same numbers to the last bit. layer_test.cpp
// does it for every kind of layer; here are the kernels that work on rows, and the networks that are shipped.
#include "daemon/face/engine/engine.hpp"
#include "daemon/face/model_store.hpp"
#include "tests/daemon/face/engine/network_file.hpp"
#include "tests/daemon/face/engine/same_bits.hpp"

#include <cmath>
#include <random>

namespace kaomon::face::engine {
namespace {

std::vector<float> numbers(std::size_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<float> some(-2, 2);
    std::vector<float> made(count);
    for (float& one : made)
        one = some(random);
    return made;
}

class KernelsTest : public testing::TestWithParam<InstructionSet> {
  protected:
    void SetUp() override {
        if (!kernels_for(GetParam()))
            GTEST_SKIP() << "NOT TESTED: this CPU does not have " << word(GetParam());
    }
    const Kernels& avx2() const { return *kernels_for(InstructionSet::avx2); }
    const Kernels& these() const { return *kernels_for(GetParam()); }
};

TEST_P(KernelsTest, AreNotThoseOfAnotherSet) {
    for (const InstructionSet set : values<InstructionSet>()) {
        if (const Kernels* const other = kernels_for(set); other && set != GetParam()) {
            EXPECT_NE(other->convolve_pairs, these().convolve_pairs) << word(set);
        }
    }
    EXPECT_GE(fastest_kernels()->vector, these().vector);
}

// Between the numbers of a pixel and the next lies a mark that nobody may write on.
constexpr float mark = 123;

TEST_P(KernelsTest, DepthwiseRow) {
    for (const std::size_t channels : {8UL, 16UL, 24UL, 104UL}) {
        for (const std::size_t width : {1UL, 2UL, 7UL, 17UL}) {
            for (const std::size_t stride : {1UL, 2UL}) {
                for (const bool pairs : {false, true}) {
                    const std::size_t row = (width * stride + 3) * channels;
                    const auto source = numbers(3 * row, 1), weights = numbers(9 * channels, 2),
                               bias = numbers(channels, 3), slopes = numbers(channels, 4);
                    const std::size_t pixel = channels + 8;
                    std::vector<float> mine(width * pixel, mark), theirs = mine;
                    DepthwiseRow work{.source = source.data(),
                                      .row = row,
                                      .pixel = channels,
                                      .target = mine.data(),
                                      .target_pixel = pixel,
                                      .pairs = pairs,
                                      .width = width,
                                      .kernel_height = 3,
                                      .kernel_width = 3,
                                      .stride = stride,
                                      .channels = channels,
                                      .weights = weights.data(),
                                      .finish = {.bias = bias.data(), .slopes = slopes.data()}};
                    these().convolve_depthwise(work);
                    work.target = theirs.data();
                    avx2().convolve_depthwise(work);
                    ASSERT_TRUE(same_bits(mine, theirs))
                        << channels << " channels, width " << width << ", stride " << stride;
                    EXPECT_EQ(mine.back(), mark);
                }
            }
        }
    }
}

TEST_P(KernelsTest, IntegersThatAreTooLargeOrNoNumbers) {
    const std::vector<float> source{1e30F, -1e30F, 16383.5F, -16383.5F, 0.5F, 1.5F, -0.5F, NAN};
    const std::vector<float> ones(8, 1), zeros(8, 0);
    std::vector<float> mine(4), theirs(4);
    DepthwiseRow work{.source = source.data(),
                      .target = mine.data(),
                      .pairs = true,
                      .width = 1,
                      .kernel_height = 1,
                      .kernel_width = 1,
                      .channels = 8,
                      .weights = ones.data(),
                      .finish = {.bias = zeros.data(), .slopes = ones.data()}};
    these().convolve_depthwise(work);
    work.target = theirs.data();
    avx2().convolve_depthwise(work);
    EXPECT_TRUE(same_bits(mine, theirs));
    EXPECT_EQ(std::bit_cast<std::uint32_t>(mine[0]), 0xC001'3FFFU) << "cut off at 16383 and -16383";
}

// 128 columns of output, in panels as wide as the kernels want them.
std::vector<float> times_eight_bit(const Kernels& kernels, std::size_t count, std::size_t block) {
    constexpr std::size_t channels = 128;
    const std::size_t blocks = (count + block - 1) / block, width = kernels.matrix_panel();
    const auto source = numbers(count, 1), scale = numbers(blocks * channels, 2),
               zero = numbers(blocks * channels, 3);
    const Bytes weights = noise(count * channels, 4);
    std::vector<float> sums(channels), panel_scale(blocks * width), panel_zero(blocks * width);
    std::vector<std::int8_t> panel(count * width);
    for (std::size_t first = 0; first < channels; first += width) {
        for (std::size_t c = 0; c < width; ++c) {
            for (std::size_t k = 0; k < count; ++k)
                panel[k * width + c] = static_cast<std::int8_t>(weights[k * channels + first + c]);
            for (std::size_t b = 0; b < blocks; ++b) {
                panel_scale[b * width + c] = scale[b * channels + first + c];
                panel_zero[b * width + c] = zero[b * channels + first + c];
            }
        }
        kernels.multiply_eight_bit(source.data(),
                                   {.count = count,
                                    .block = block,
                                    .weights = panel.data(),
                                    .scale = panel_scale.data(),
                                    .zero = panel_zero.data()},
                                   sums.data() + first);
    }
    return sums;
}

TEST_P(KernelsTest, EightBitMatrix) {
    for (const std::size_t block : {64UL, 7UL, 1000UL})
        EXPECT_TRUE(same_bits(times_eight_bit(these(), 500, block), times_eight_bit(avx2(), 500, block)))
            << "block " << block;
}

TEST_P(KernelsTest, RowsOfEveryLength) {
    for (std::size_t count = 8; count <= 72; count += 8) {
        const auto sum = numbers(count, 1), bias = numbers(count, 2), slopes = numbers(count, 3),
                   residual = numbers(count, 4);
        for (std::size_t others = 0; others <= count; others += 8) {
            std::vector<float> mine(count + 1, mark), theirs = mine;
            const Finish finish{.bias = bias.data(), .slopes = slopes.data()};
            these().finish_row(sum.data(), finish, residual.data(), others, mine.data(), count);
            avx2().finish_row(sum.data(), finish, residual.data(), others, theirs.data(), count);
            ASSERT_TRUE(same_bits(mine, theirs)) << count << ", residual of " << others;
            EXPECT_EQ(mine.back(), mark);
        }
    }
    for (std::size_t count = 1; count <= 40; ++count) {
        const Bytes bytes = noise(count);
        std::vector<float> mine(count + 1, mark), theirs = mine;
        these().widen_row(bytes.data(), count, 0.1F, -0.7F, mine.data());
        avx2().widen_row(bytes.data(), count, 0.1F, -0.7F, theirs.data());
        ASSERT_TRUE(same_bits(mine, theirs)) << count;
        EXPECT_EQ(mine.back(), mark);
    }
}

TEST_P(KernelsTest, TheNetworksThatAreShipped) {
    const auto store = ModelStore::open(KAOMON_SOURCE_DIR "/models");
    ASSERT_TRUE(store) << store.error().detail << ": run tools/models/fetch --demo";
    for (const char* const name : {"detector", "mesh", "embedder"}) {
        const auto model = read_model((*store->find(name))->file);
        ASSERT_TRUE(model) << model.error().detail;
        const Shape& entry = model->shapes[0];
        for (const Arithmetic arithmetic : {Arithmetic::int16, Arithmetic::fp32}) {
            const auto mine = open(*model, arithmetic, these());
            const auto theirs = open(*model, arithmetic, avx2());
            for (const unsigned seed : {1U, 2U}) {
                const Bytes pixels = noise(entry.size(), seed);
                const Pixels picture{.first = pixels.data(), .row = std::size_t{entry.width} * 3};
                ASSERT_TRUE((*mine)->run(picture) && (*theirs)->run(picture));
                for (std::size_t i = 0; i < model->outputs.size(); ++i)
                    EXPECT_TRUE(same_bits((*mine)->output(i), (*theirs)->output(i)))
                        << name << ", output " << i;
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Each, KernelsTest, testing::Values(InstructionSet::avx_vnni, InstructionSet::avx512),
                         [](const auto& chosen) { return std::string(word(chosen.param)); });

} // namespace
} // namespace kaomon::face::engine
