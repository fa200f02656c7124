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

std::uint64_t word_at(const std::uint8_t* bytes) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, 8);
    return word;
}

// Not for adversaries who build collisions: whoever can choose pixels can as well add noise. Four states, so
// that no multiplication waits for the one before.
std::uint64_t hash(ByteView bytes) noexcept {
    constexpr std::uint64_t prime = 0x9E3779B97F4A7C15; // 2^64 divided by the golden ratio, odd
    std::array<std::uint64_t, 4> states{bytes.size(), 1, 2, 3};
    const auto mix = [](std::uint64_t& state, std::uint64_t word) {
        state = (state ^ word) * prime;
        state ^= state >> 29;
    };
    std::size_t i = 0;
    for (; i + 32 <= bytes.size(); i += 32) {
        for (std::size_t lane = 0; lane < 4; ++lane)
            mix(states[lane], word_at(bytes.data() + i + 8 * lane));
    }
    for (; i < bytes.size(); ++i)
        mix(states[0], bytes[i]);
    for (std::size_t lane = 1; lane < 4; ++lane)
        mix(states[0], states[lane]);
    return states[0];
}

// The sum of so many bytes: eight at once, in four sums of 16 bits that hold 128 times two of them.
std::uint32_t sum_of(const std::uint8_t* bytes, std::size_t count) noexcept {
    constexpr std::uint64_t every_other = 0x00FF00FF00FF00FF;
    std::uint64_t sums = 0;
    std::uint32_t total = 0;
    std::size_t i = 0;
    const auto add_up = [&] {
        total += static_cast<std::uint32_t>((sums & 0xFFFF) + (sums >> 16 & 0xFFFF) + (sums >> 32 & 0xFFFF) +
                                            (sums >> 48));
        sums = 0;
    };
    for (; i + 8 <= count; i += 8) {
        const std::uint64_t word = word_at(bytes + i);
        sums += (word & every_other) + (word >> 8 & every_other);
        if (i % 1024 == 1016)
            add_up();
    }
    add_up();
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
        const ByteView band = ByteView(picture.pixels)
                                  .subspan(static_cast<std::size_t>(top) * row_bytes,
                                           static_cast<std::size_t>(bottom - top) * row_bytes);
        print.exact = print.exact * 31 + hash(band); // band by band: what follows finds it in the cache
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
