#include "daemon/face/engine/packed.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace kaomon::face::engine {
namespace {

void set_slopes(Packed& packed, const Layer& layer) {
    std::ranges::fill(packed.slopes, layer.activation == Activation::nothing ? 1.F : 0.F);
    std::ranges::copy(layer.slopes, packed.slopes.begin());
}

// Panels of two vectors, the first of three where their number is odd: two vectors use the registers best,
// one alone worst.
std::vector<Panel> panels_of(std::size_t channels, std::size_t depth, std::size_t vector) {
    std::vector<Panel> panels;
    for (std::size_t c = 0; c < channels;) {
        const std::size_t left = filled(channels - c, vector) / vector;
        const std::size_t width = (left % 2 == 0 ? 2 : std::min(left, widest_panel)) * vector;
        panels.push_back({.channel = c, .count = std::min(width, channels - c), .begin = c * depth});
        c += width;
    }
    return panels;
}

// Where a column of the file (kernel row and column, channel) is found in a window in memory, whose channels
// are filled up.
class Depth {
  public:
    Depth(const Layer& layer, const Shape& source, std::size_t source_pixel)
        : channels_(source.channels), pixel_(source_pixel),
          size_(std::size_t{layer.kernel_height} * layer.kernel_width * source_pixel) {}
    std::size_t size() const { return size_; }
    std::size_t of(std::size_t column) const { return column / channels_ * pixel_ + column % channels_; }

  private:
    std::size_t channels_, pixel_, size_;
};

void pack_panels(Packed& packed, const Weights& weights, const Depth& depth, std::size_t vector,
                 WeightMemory& memory) {
    packed.panels = panels_of(packed.channels, depth.size(), vector);
    packed.weights = memory.allocate<float>(filled(packed.channels, vector) * depth.size());
    for (const Panel& panel : packed.panels) {
        const std::size_t width = filled(panel.count, vector);
        const std::size_t end = std::min<std::size_t>(panel.channel + width, weights.rows);
        for (std::size_t row = panel.channel; row < end; ++row) {
            float* first = packed.weights.data() + panel.begin + (row - panel.channel);
            for (std::uint32_t column = 0; column < weights.columns; ++column)
                first[depth.of(column) * width] = weights.at(static_cast<std::uint32_t>(row), column);
        }
    }
}

// A channel's weights are as fine as they may be while its sums stay within 32 bits, whatever the source
// holds. `step`: what one of the source's integers is worth.
static_assert(most_channels / 2 < std::numeric_limits<std::int32_t>::max() / largest_integer);
void pack_pairs(Packed& packed, const Weights& weights, float step, std::size_t vector,
                WeightMemory& memory) {
    const std::size_t depth = in_eights(weights.columns);
    const double most = std::numeric_limits<std::int32_t>::max() / double{largest_integer};
    packed.panels = panels_of(packed.channels, depth / 2, vector);
    packed.weights = memory.allocate<float>(filled(packed.channels, vector) * depth / 2);
    packed.scale = memory.allocate<float>(packed.channels);
    for (const Panel& panel : packed.panels) {
        const std::size_t width = filled(panel.count, vector);
        const std::size_t end = std::min<std::size_t>(panel.channel + width, weights.rows);
        for (std::size_t row = panel.channel; row < end; ++row) {
            const auto weight = [&, row](std::uint32_t column) {
                return double{weights.at(static_cast<std::uint32_t>(row), column)};
            };
            double sum = 0, largest = 0;
            for (std::uint32_t column = 0; column < weights.columns; ++column) {
                sum += std::abs(weight(column));
                largest = std::max(largest, std::abs(weight(column)));
            }
            if (largest == 0)
                continue;
            // rounding adds at most a half to each
            const double unit = std::max(sum / (most - weights.columns / 2.0),
                                         largest / std::numeric_limits<std::int16_t>::max());
            packed.scale[row] = static_cast<float>(unit * double{step});
            auto* const first =
                reinterpret_cast<std::byte*>(packed.weights.data() + panel.begin + (row - panel.channel));
            for (std::uint32_t column = 0; column < weights.columns; ++column) {
                const auto whole = static_cast<std::int16_t>(std::lround(weight(column) / unit));
                std::memcpy(first + column / 2 * width * sizeof(float) + column % 2 * sizeof whole, &whole,
                            sizeof whole);
            }
        }
    }
}

void pack_matrix(Packed& packed, const Weights& weights, const Depth& depth, std::size_t matrix_panel,
                 WeightMemory& memory) {
    const std::size_t count = filled(packed.channels, matrix_panel) / matrix_panel;
    packed.weights = memory.allocate<float>(count * depth.size() * matrix_panel);
    for (std::uint32_t row = 0; row < weights.rows; ++row) {
        float* first =
            packed.weights.data() + row / matrix_panel * depth.size() * matrix_panel + row % matrix_panel;
        for (std::uint32_t column = 0; column < weights.columns; ++column)
            first[depth.of(column) * matrix_panel] = weights.at(row, column);
    }
}

void pack_eight_bit_matrix(Packed& packed, const Weights& weights, std::size_t matrix_panel,
                           WeightMemory& memory) {
    const std::size_t count = filled(packed.channels, matrix_panel) / matrix_panel;
    const std::size_t blocks = weights.blocks();
    packed.block = weights.block;
    packed.eight = memory.allocate<std::int8_t>(count * weights.columns * matrix_panel);
    packed.scale = memory.allocate<float>(count * blocks * matrix_panel);
    packed.zero = memory.allocate<float>(count * blocks * matrix_panel);
    for (std::size_t row = 0; row < weights.rows; ++row) {
        const std::size_t panel = row / matrix_panel, inside = row % matrix_panel;
        for (std::size_t column = 0; column < weights.columns; ++column)
            packed.eight[(panel * weights.columns + column) * matrix_panel + inside] =
                weights.eight[row * weights.columns + column];
        for (std::size_t b = 0; b < blocks; ++b) {
            const std::size_t at = (panel * blocks + b) * matrix_panel + inside;
            packed.scale[at] = weights.scale[row * blocks + b];
            packed.zero[at] =
                weights.scale[row * blocks + b] * static_cast<float>(weights.zero[row * blocks + b]);
        }
    }
}

} // namespace

Packed pack(const Layer& layer, const Shape& source, std::size_t source_pixel, const Shape& target,
            float reach, const Kernels& kernels, WeightMemory& memory) {
    Packed packed;
    packed.pairs = reach > 0;
    packed.channels = in_eights(layer.kind == Kind::flatten ? source.channels : target.channels);
    if (layer.kind == Kind::max_pool)
        return packed;
    packed.bias = memory.allocate<float>(packed.channels);
    // Every activation here lets a factor through: integers come out of a depthwise layer at no cost.
    const float factor = layer.kind == Kind::depthwise && reach > 0 ? largest_integer / reach : 1;
    std::ranges::transform(layer.bias, packed.bias.begin(), [=](float number) { return number * factor; });
    packed.slopes = memory.allocate<float>(packed.channels);
    set_slopes(packed, layer);

    const Weights& weights = layer.weights;
    if (layer.kind != Kind::convolution) {
        packed.form = Form::channels;
        packed.weights = memory.allocate<float>(packed.channels * weights.columns);
        for (std::uint32_t row = 0; row < weights.rows; ++row) {
            for (std::uint32_t column = 0; column < weights.columns; ++column)
                packed.weights[column * packed.channels + row] = weights.at(row, column) * factor;
        }
        return packed;
    }
    const Depth depth(layer, source, source_pixel);
    if (reach > 0) {
        packed.form = Form::panels;
        pack_pairs(packed, weights, reach / largest_integer, kernels.vector, memory);
    } else if (target.pixels() > 1) {
        packed.form = Form::panels;
        pack_panels(packed, weights, depth, kernels.vector, memory);
    } else if (weights.block > 0 && depth.size() == in_eights(source.channels) && source.pixels() == 1) {
        packed.form = Form::eight_bit_matrix;
        pack_eight_bit_matrix(packed, weights, kernels.matrix_panel(), memory);
    } else {
        packed.form = Form::matrix;
        pack_matrix(packed, weights, depth, kernels.matrix_panel(), memory);
    }
    return packed;
}

} // namespace kaomon::face::engine
