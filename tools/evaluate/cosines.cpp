#include "tools/evaluate/cosines.hpp"

#include <algorithm>
#include <atomic>
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

// Four rows at a time: each value of the columns that is fetched serves four of them.
void multiply(const float* a, std::size_t rows, const float* turned, float* out) {
    constexpr std::size_t together = 4, lane = 16;
    for (std::size_t r = 0; r < rows; r += together) {
        const std::size_t n = std::min(together, rows - r);
        std::array<const float*, together> row;
        for (std::size_t j = 0; j < together; ++j)
            row[j] = a + (r + std::min(j, n - 1)) * depth;
        for (std::size_t c = 0; c < Tile::width; c += lane) {
            float sum[together][lane] = {};
            for (std::size_t i = 0; i < depth; ++i) {
                const float* b = turned + i * Tile::width + c;
                for (std::size_t j = 0; j < together; ++j) {
                    const float x = row[j][i];
                    for (std::size_t l = 0; l < lane; ++l)
                        sum[j][l] += x * b[l];
                }
            }
            for (std::size_t j = 0; j < n; ++j)
                std::copy_n(sum[j], lane, out + (r + j) * Tile::width + c);
        }
    }
}

} // namespace

void for_all_cosines(const Gallery& rows, const Gallery& columns, unsigned threads,
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
            for (; tile.first_row < rows.size(); tile.first_row += Tile::height) {
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
