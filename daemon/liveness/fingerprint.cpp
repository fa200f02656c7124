#include "daemon/liveness/fingerprint.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace kaomon::liveness {
namespace {

constexpr int side = Fingerprint::side;
constexpr float dark_current = 8; // grey levels: keeps the texture of near-black rows from being noise alone

float row_distance(const Fingerprint& a, const Fingerprint& b, int row) noexcept {
    const auto first = static_cast<std::size_t>(row) * side;
    float sum = 0;
    for (std::size_t i = first; i < first + side; ++i)
        sum += std::abs(a.texture[i] - b.texture[i]);
    return sum / (side * side);
}

// The sum of so many bytes: sixteen at once, in eight sums of 16 bits that hold 128 times two of them.
std::uint32_t sum_of(const std::uint8_t* bytes, std::size_t count) noexcept {
    using Pairs [[gnu::vector_size(16)]] = std::uint16_t;
    std::uint32_t total = 0;
    std::size_t i = 0;
    while (i + sizeof(Pairs) <= count) {
        Pairs sums{};
        const std::size_t end = std::min(count, i + 128 * sizeof(Pairs));
        for (; i + sizeof(Pairs) <= end; i += sizeof(Pairs)) {
            Pairs pairs;
            std::memcpy(&pairs, bytes + i, sizeof pairs);
            sums += (pairs & 0xFF) + (pairs >> 8);
        }
        for (std::size_t lane = 0; lane < sizeof(Pairs) / 2; ++lane)
            total += sums[lane];
    }
    for (; i < count; ++i)
        total += bytes[i];
    return total;
}

} // namespace

float distance(const Fingerprint& a, const Fingerprint& b) noexcept {
    float sum = 0;
    for (int row = 0; row < side; ++row)
        sum += row_distance(a, b, row);
    return sum;
}

bool same_picture(const Fingerprint& a, const Fingerprint& b) noexcept {
    return a.mean_luminance == b.mean_luminance && a.texture == b.texture;
}

bool within(const Fingerprint& a, const Fingerprint& b, float limit) noexcept {
    float sum = 0;
    for (int row = 0; row < side && sum <= limit; ++row)
        sum += row_distance(a, b, row);
    return sum <= limit;
}

Fingerprint fingerprint(const Image& picture) noexcept {
    Fingerprint print;
    const std::size_t row_bytes = picture.stride();
    if (picture.width < side || picture.height < side || picture.channels < 1 ||
        picture.pixels.size() < row_bytes * static_cast<std::size_t>(picture.height)) {
        return print;
    }
    const auto channels = static_cast<std::size_t>(picture.channels);
    for (int row = 0; row < side; ++row) {
        const int top = row * picture.height / side;
        const int bottom = (row + 1) * picture.height / side;
        float row_mean = 0;
        float* const cells = print.texture.data() + std::ptrdiff_t{row} * side;
        for (int column = 0; column < side; ++column) {
            const int left = column * picture.width / side;
            const int right = (column + 1) * picture.width / side;
            const std::size_t bytes = static_cast<std::size_t>(right - left) * channels;
            std::uint64_t sum = 0; // of all channels: near enough to luminance
            for (int y = top; y < bottom; ++y)
                sum += sum_of(picture.pixels.data() + static_cast<std::size_t>(y) * row_bytes +
                                  static_cast<std::size_t>(left) * channels,
                              bytes);
            const float mean =
                static_cast<float>(sum) / static_cast<float>(bytes * static_cast<std::size_t>(bottom - top));
            cells[column] = mean;
            row_mean += mean / side;
        }
        print.mean_luminance += row_mean / side;
        for (int column = 0; column < side; ++column) {
            float& cell = cells[column];
            cell = (cell - row_mean) / (row_mean + dark_current);
            print.structure += std::abs(cell) / (side * side);
        }
    }
    return print;
}

} // namespace kaomon::liveness
