#include "tools/evaluate/cosines.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <thread>

namespace kaomon::evaluate {
namespace {

constexpr std::size_t depth = face::template_size;

// One tile's columns, turned so that neighbours in memory are neighbours among the columns.
using Turned = SecretVector<float>; // depth x Tile::width

void turn(const Gallery& columns, std::size_t first, std::size_t count, Turned& turned) {
    std::ranges::fill(turned, 0.F);
    for (std::size_t c = 0; c < count; ++c) {
        const float* from = columns.row(first + c);
        for (std::size_t i = 0; i < depth; ++i)
            turned[i * Tile::width + c] = from[i];
    }
}

using Lanes = float __attribute__((vector_size(16))); // what every CPU of the kind multiplies at once

Lanes lanes_at(const float* from) {
    Lanes lanes;
    std::memcpy(&lanes, from, sizeof lanes);
    return lanes;
}

// Two rows with sixteen columns at a time: eight sums that stay in registers, named one by one because the
// compiler keeps a loop over them in memory.
void multiply(const float* a, std::size_t rows, const float* turned, float* out) {
    constexpr std::size_t lane = sizeof(Lanes) / sizeof(float), together = 4 * lane;
    static_assert(Tile::width % together == 0);
    for (std::size_t r = 0; r < rows; r += 2) {
        const float* const first = a + r * depth;
        const float* const second = r + 1 < rows ? first + depth : first;
        float* const to_first = out + r * Tile::width;
        float* const to_second = r + 1 < rows ? to_first + Tile::width : to_first;
        for (std::size_t c = 0; c < Tile::width; c += together) {
            Lanes f0{}, f1{}, f2{}, f3{}, s0{}, s1{}, s2{}, s3{};
            const float* b = turned + c;
            for (std::size_t i = 0; i < depth; ++i, b += Tile::width) {
                const Lanes b0 = lanes_at(b), b1 = lanes_at(b + lane);
                const Lanes b2 = lanes_at(b + 2 * lane), b3 = lanes_at(b + 3 * lane);
                f0 += first[i] * b0;
                f1 += first[i] * b1;
                f2 += first[i] * b2;
                f3 += first[i] * b3;
                s0 += second[i] * b0;
                s1 += second[i] * b1;
                s2 += second[i] * b2;
                s3 += second[i] * b3;
            }
            const std::array sums_of_first{f0, f1, f2, f3}, sums_of_second{s0, s1, s2, s3};
            std::memcpy(to_first + c, sums_of_first.data(), sizeof sums_of_first);
            std::memcpy(to_second + c, sums_of_second.data(), sizeof sums_of_second);
        }
    }
}

} // namespace

void for_all_cosines(const Gallery& rows, const Gallery& columns, bool half, unsigned threads,
                     const std::function<void(const Tile&, unsigned)>& see) {
    const std::size_t strips = (columns.size() + Tile::width - 1) / Tile::width;
    std::atomic<std::size_t> next = 0;
    const auto work = [&](unsigned thread) {
        Turned turned(depth * Tile::width);
        std::vector<float> cosines(Tile::height * Tile::width);
        for (std::size_t strip = next++; strip < strips; strip = next++) {
            Tile tile;
            tile.first_column = strip * Tile::width;
            tile.columns = std::min(Tile::width, columns.size() - tile.first_column);
            tile.cosines = cosines.data();
            turn(columns, tile.first_column, tile.columns, turned);
            const std::size_t end = half ? tile.first_column + tile.columns - 1 : rows.size();
            for (; tile.first_row < end; tile.first_row += Tile::height) {
                tile.rows = std::min(Tile::height, rows.size() - tile.first_row);
                multiply(rows.row(tile.first_row), tile.rows, turned.data(), cosines.data());
                see(tile, thread);
            }
        }
    };
    std::vector<std::jthread> workers;
    for (unsigned thread = 0; thread < threads; ++thread)
        workers.emplace_back(work, thread);
}

} // namespace kaomon::evaluate
