// Weights as integers: as fine as they can be while no sum leaves 32 bits.
#include "daemon/face/engine/packed.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>

namespace kaomon::face::engine {
namespace {

constexpr float reach = 20;
constexpr Kernels narrow{.vector = 8};

// A pointwise layer of 16 channels over `columns` whose weights are what `weight` says.
struct Pointwise {
    Pointwise(std::uint32_t columns_, const std::function<float(std::uint32_t, std::uint32_t)>& weight)
        : columns(columns_) {
        layer.weights.rows = 16;
        layer.weights.columns = columns;
        for (std::uint32_t row = 0; row < 16; ++row) {
            for (std::uint32_t column = 0; column < columns; ++column)
                layer.weights.plain.push_back(weight(row, column));
        }
        layer.bias.assign(16, 0);
        packed = pack(layer, {7, 7, columns}, in_eights(columns), {7, 7, 16}, reach, narrow, memory);
    }
    // As it was packed: two vectors of eight channels, a pair of columns to a float's place.
    std::int16_t integer(std::uint32_t row, std::uint32_t column) const {
        std::int16_t pair[2];
        std::memcpy(pair, packed.weights.data() + std::size_t{column / 2} * 16 + row, sizeof pair);
        return pair[column % 2];
    }
    std::int64_t largest_sum(std::uint32_t row) const {
        std::int64_t sum = 0;
        for (std::uint32_t column = 0; column < columns; ++column)
            sum += std::int64_t{std::abs(integer(row, column))} * largest_integer;
        return sum;
    }

    std::uint32_t columns;
    Layer layer;
    WeightMemory memory;
    Packed packed;
};

TEST(Packed, NoSumOfIntegersLeaves32Bits) {
    const auto one = [](std::uint32_t, std::uint32_t) { return 1.F; };
    const auto uneven = [](std::uint32_t row, std::uint32_t column) {
        return std::pow(-0.7F, static_cast<float>((row + column) % 23));
    };
    const auto half = [](std::uint32_t, std::uint32_t column) { return column % 2 == 0 ? 0.5F : -1.F; };
    for (const std::uint32_t columns : {1U, 2U, 3U, 64U, 1000U, 60'000U}) {
        for (const auto& weight :
             {std::function<float(std::uint32_t, std::uint32_t)>(one), {uneven}, {half}}) {
            const Pointwise net(columns, weight);
            for (std::uint32_t row = 0; row < 16; ++row) {
                ASSERT_LE(net.largest_sum(row), std::numeric_limits<std::int32_t>::max());
                const bool fine = net.largest_sum(row) > std::numeric_limits<std::int32_t>::max() / 10 * 9;
                const bool full =
                    std::abs(net.integer(row, 0)) > 32'000 || std::abs(net.integer(row, 1)) > 32'000;
                EXPECT_TRUE(fine || full || columns > 1000) << "coarser than it could be: " << columns;
            }
        }
    }
}

// 40 channels: five vectors of eight, or two and a half of sixteen.
TEST(Packed, PanelsTakeWholeVectorsAndTheLastWhatIsLeft) {
    Layer layer;
    layer.weights.rows = 40;
    layer.weights.columns = 1;
    layer.weights.plain.assign(40, 1);
    layer.bias.assign(40, 0);
    for (const std::size_t vector : {std::size_t{8}, std::size_t{16}}) {
        WeightMemory memory;
        const Packed packed = pack(layer, {7, 7, 1}, 1, {7, 7, 40}, 0, {.vector = vector}, memory);
        std::size_t next = 0, begin = 0;
        for (const Panel& panel : packed.panels) {
            EXPECT_EQ(panel.channel, next);
            EXPECT_EQ(panel.begin, begin);
            EXPECT_LE(panel.count, widest_panel * vector);
            next += panel.count;
            begin += filled(panel.count, vector);
        }
        EXPECT_EQ(next, 40);
        EXPECT_EQ(begin, packed.weights.size());
        EXPECT_EQ(std::ranges::count(packed.weights, 1.F), 40);
    }
}

TEST(Packed, AnIntegerTimesItsWorthIsTheWeight) {
    const auto weight = [](std::uint32_t row, std::uint32_t column) {
        return std::sin(static_cast<float>(row * 100 + column)) * static_cast<float>(row);
    };
    const Pointwise net(64, weight);
    for (std::uint32_t row = 0; row < 16; ++row) {
        for (std::uint32_t column = 0; column < 64; ++column) {
            const float back = static_cast<float>(net.integer(row, column)) * net.packed.scale[row] *
                               largest_integer / reach;
            ASSERT_NEAR(back, weight(row, column), 6e-4F * static_cast<float>(row));
        }
    }
}

TEST(Packed, ADepthwiseLayerMakesNumbersOfTheIntegersSize) {
    Layer layer;
    layer.kind = Kind::depthwise;
    layer.weights = {.rows = 8,
                     .columns = 1,
                     .block = 0,
                     .plain = std::vector<float>(8, 2),
                     .scale = {},
                     .zero = {},
                     .eight = {}};
    layer.bias.assign(8, 3);
    WeightMemory memory;
    const Packed packed = pack(layer, {7, 7, 8}, 8, {7, 7, 8}, reach, narrow, memory);
    EXPECT_TRUE(packed.pairs);
    EXPECT_FLOAT_EQ(packed.weights[0], 2 * largest_integer / reach);
    EXPECT_FLOAT_EQ(packed.bias[0], 3 * largest_integer / reach);
    EXPECT_FLOAT_EQ(packed.slopes[0], 1);
}

} // namespace
} // namespace kaomon::face::engine
