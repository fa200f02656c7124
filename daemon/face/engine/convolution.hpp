// A panel of a convolution over a band of pixels.
#pragma once

#include "daemon/face/engine/finish.hpp"
#include "daemon/face/engine/whole_range.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kaomon::face::engine {
namespace {

// What the sums of a tile are.
struct FloatSum {
    using Type = Floats;
    KAOMON_INLINE static Type begin(const float* bias, Lanes lanes) { return load(bias, lanes); }
    KAOMON_INLINE static Type add(Type sum, Floats number, Floats weight) {
        return multiply_add(number, weight, sum);
    }
    KAOMON_INLINE static Floats end(Type sum, const float*, const float*, Lanes) { return sum; }
};
// `Multiply`: the instruction, sum + a * b for vectors of pairs.
template<class Multiply>
struct PairSum {
    using Type = Integers;
    KAOMON_INLINE static Type begin(const float*, Lanes) { return integer_zeros(); }
    KAOMON_INLINE static Type add(Type sum, Floats number, Floats weight) {
        return Multiply::add(pairs_in(number), pairs_in(weight), sum);
    }
    KAOMON_INLINE static Floats end(Type sum, const float* scale, const float* bias, Lanes lanes) {
        return multiply_add(as_floats(sum), load(scale, lanes), load(bias, lanes));
    }
};

// Floats: the weights of a deep layer come from the second- or third-level cache, farther away than the CPU
// looks ahead by itself.
constexpr std::size_t prefetch_distance = 1024;
constexpr std::size_t cache_line = 16; // floats

// look_at() has seen to its ranges. Pixels at `at` ... `at` + Pixels - 1 of the band.
template<class Sum, std::size_t Vectors, std::size_t Pixels>
KAOMON_VECTOR __attribute__((no_sanitize("address", "undefined"))) void
tile(const Band& band, std::size_t at, const Window& window, const Channels& channels) {
    constexpr std::size_t width = Vectors * lanes_of_vector;
    const Lanes last = lanes_within(channels.count - (width - lanes_of_vector));
    typename Sum::Type sum[Pixels][Vectors];
    const float* source[Pixels];
#pragma GCC unroll 16
    for (std::size_t p = 0; p < Pixels; ++p) {
        source[p] = band.source[at + p];
#pragma GCC unroll 4
        for (std::size_t v = 0; v < Vectors; ++v) {
            const Lanes lanes = v + 1 < Vectors ? lanes_within(lanes_of_vector) : last;
            sum[p][v] = Sum::begin(channels.finish.bias + channels.first + v * lanes_of_vector, lanes);
        }
    }
    const float* weights = channels.weights;
    for (std::size_t row = 0; row < window.rows; ++row) {
        for (std::size_t k = 0; k < window.length; ++k) {
            Floats weight[Vectors];
#pragma GCC unroll 4
            for (std::size_t v = 0; v < Vectors; ++v)
                weight[v] = load(weights + v * lanes_of_vector);
#pragma GCC unroll 4
            for (std::size_t line = 0; line < width; line += cache_line)
                _mm_prefetch(reinterpret_cast<const char*>(weights + prefetch_distance + line), _MM_HINT_T0);
            weights += width;
#pragma GCC unroll 16
            for (std::size_t p = 0; p < Pixels; ++p) {
                const Floats number = all(source[p] + k);
#pragma GCC unroll 4
                for (std::size_t v = 0; v < Vectors; ++v)
                    sum[p][v] = Sum::add(sum[p][v], number, weight[v]);
            }
        }
#pragma GCC unroll 16
        for (std::size_t p = 0; p < Pixels; ++p)
            source[p] += window.row;
    }
#pragma GCC unroll 4
    for (std::size_t v = 0; v < Vectors; ++v) {
        const std::size_t first = channels.first + v * lanes_of_vector;
        const Lanes lanes = v + 1 < Vectors ? lanes_within(lanes_of_vector) : last;
        const Floats slope = load(channels.finish.slopes + first, lanes);
        const bool residual = band.residual && first < band.residual_channels;
        const Lanes others = lanes_within(residual ? band.residual_channels - first : 0);
#pragma GCC unroll 16
        for (std::size_t p = 0; p < Pixels; ++p) {
            const std::size_t pixel = at + p;
            Floats y = Sum::end(sum[p][v], channels.scale + first, channels.finish.bias + first, lanes);
            if (residual)
                y = add(y, band.residual[pixel] + first, others);
            store(band.target[pixel] + first, activated(y, slope), lanes);
        }
    }
}

using Tile = void (*)(const Band&, std::size_t, const Window&, const Channels&);

// Tiles of one pixel, of two, and so on.
template<class Sum, std::size_t Vectors, std::size_t... Before>
constexpr auto tiles_of(std::index_sequence<Before...>) {
    return std::array<Tile, most_pixels[1]>{tile<Sum, Vectors, Before + 1>...};
}
template<class Sum, std::size_t... Before>
constexpr auto all_tiles(std::index_sequence<Before...>) {
    return std::array{tiles_of<Sum, Before + 1>(std::make_index_sequence<most_pixels[Before + 1]>())...};
}
static_assert(std::size(most_pixels) == widest_panel + 1);

// One look for a whole band: see whole_range.hpp.
inline void look_at(const Band& band, const Window& window, const Channels& channels, std::size_t vectors) {
    whole_range(channels.weights, window.rows * window.length * vectors * lanes_of_vector);
    for (std::size_t at = 0; at < band.count; ++at) {
        for (std::size_t row = 0; row < window.rows; ++row)
            whole_range(band.source[at] + row * window.row, window.length);
        whole_range(band.target[at] + channels.first, channels.count);
        if (band.residual && channels.first < band.residual_channels)
            whole_range(band.residual[at] + channels.first,
                        std::min(channels.count, band.residual_channels - channels.first));
    }
}

template<class Sum>
void convolve(const Band& band, const Window& window, const Channels& channels) {
    static constexpr auto tiles = all_tiles<Sum>(std::make_index_sequence<widest_panel>());
    const std::size_t vectors = (channels.count + lanes_of_vector - 1) / lanes_of_vector;
    look_at(band, window, channels, vectors);
    // Tiles of about the same size: one pixel left over would cost as much as four.
    const std::size_t count = (band.count + most_pixels[vectors] - 1) / most_pixels[vectors];
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t begin = band.count * i / count;
        const std::size_t end = band.count * (i + 1) / count;
        tiles[vectors - 1][end - begin - 1](band, begin, window, channels);
    }
}

} // namespace
} // namespace kaomon::face::engine
