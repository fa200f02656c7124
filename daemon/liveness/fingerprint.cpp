#include "daemon/liveness/fingerprint.hpp"

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

// Not for adversaries who build collisions: whoever can choose pixels can as well add noise.
std::uint64_t hash(ByteView bytes) noexcept {
    constexpr std::uint64_t prime = 0x9E3779B97F4A7C15; // 2^64 divided by the golden ratio, odd
    std::uint64_t state = bytes.size();
    std::size_t i = 0;
    for (; i + 8 <= bytes.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + i, 8);
        state = (state ^ word) * prime;
        state ^= state >> 29;
    }
    for (; i < bytes.size(); ++i)
        state = (state ^ bytes[i]) * prime;
    return state;
}

} // namespace

float distance(const Fingerprint& a, const Fingerprint& b) noexcept {
    float sum = 0;
    for (int row = 0; row < side; ++row)
        sum += row_distance(a, b, row);
    return sum;
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
    print.exact = hash(picture.pixels);
    const auto channels = static_cast<std::size_t>(picture.channels);
    const std::size_t green = channels == 3 ? 1 : 0; // near enough to luminance, a third of the work
    for (int row = 0; row < side; ++row) {
        const int top = row * picture.height / side;
        const int bottom = (row + 1) * picture.height / side;
        float row_mean = 0;
        float* const cells = print.texture.data() + std::ptrdiff_t{row} * side;
        for (int column = 0; column < side; ++column) {
            const int left = column * picture.width / side;
            const int right = (column + 1) * picture.width / side;
            std::uint32_t sum = 0; // 4096 x 4096 pixels give at most 2^24 in a cell
            for (int y = top; y < bottom; ++y) {
                const auto* pixel = picture.pixels.data() + static_cast<std::size_t>(y) * row_bytes +
                                    static_cast<std::size_t>(left) * channels + green;
                for (int x = left; x < right; ++x, pixel += channels)
                    sum += *pixel;
            }
            const float mean = static_cast<float>(sum) / static_cast<float>((right - left) * (bottom - top));
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
