#include "daemon/liveness/moire.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>

namespace kaomon::liveness {
namespace {

constexpr int side = 64, half = side / 2; // of a square, pixels; a power of two, for the transform
constexpr int coarsest = 12, finest = 45; // periods in a square; hair and wrinkles are coarser
constexpr int jpeg_period = side / 8;     // of its blocks' harmonics, periods in a square
// Power of noise of 1.3 grey levels: a picture without noise must not make a peak of its faintest ripple.
constexpr float least_surroundings = 1000;
constexpr std::size_t fewest = 4; // frames
constexpr float clean = 250, grid = 400;
constexpr Milliseconds between_ripples{80};
constexpr std::size_t most_ripples = 25; // two seconds

using Line = std::array<std::complex<float>, side>;
using Square = std::array<Line, side>; // wiped by its owner

// Cooley and Tukey (1965), in place.
void transform(Line& line) {
    static const auto turns = [] {
        Line made{};
        for (int i = 0; i < half; ++i)
            made[static_cast<std::size_t>(i)] =
                std::polar(1.F, -2 * std::numbers::pi_v<float> * static_cast<float>(i) / side);
        return made;
    }();
    for (std::size_t i = 1, j = 0; i < side; ++i) { // bits in reverse
        std::size_t bit = half;
        for (; (j & bit) != 0; bit >>= 1)
            j ^= bit;
        j ^= bit;
        if (i < j)
            std::swap(line[i], line[j]);
    }
    for (std::size_t length = 2; length <= side; length *= 2) {
        for (std::size_t start = 0; start < side; start += length) {
            for (std::size_t i = 0; i < length / 2; ++i) {
                auto &a = line[start + i], &b = line[start + i + length / 2];
                const auto turned = turns[i * (side / length)];
                const std::complex<float> c{b.real() * turned.real() - b.imag() * turned.imag(),
                                            b.real() * turned.imag() + b.imag() * turned.real()};
                b = a - c;
                a += c;
            }
        }
    }
}

// Hann's window.
const std::array<float, side>& window() {
    static const auto made = [] {
        std::array<float, side> weights{};
        for (std::size_t i = 0; i < side; ++i)
            weights[i] =
                0.5F - 0.5F * std::cos(2 * std::numbers::pi_v<float> * static_cast<float>(i) / (side - 1));
        return weights;
    }();
    return made;
}

// The square around a point, moved into the picture; its green, near enough to luminance.
void cut(const Image& picture, face::Point middle, Square& square) {
    const auto begin = [](float at, int length) {
        return static_cast<int>(std::clamp(at - half, 0.F, static_cast<float>(length - side)));
    };
    const int left = begin(middle.x, picture.width), top = begin(middle.y, picture.height);
    const int green = picture.channels == 3 ? 1 : 0;
    const auto level = [&](int x, int y) {
        return static_cast<float>(
            picture.pixels[static_cast<std::size_t>(top + y) * picture.stride() +
                           static_cast<std::size_t>((left + x) * picture.channels + green)]);
    };
    float sum = 0;
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x)
            sum += level(x, y);
    }
    const float mean = sum / (side * side);
    for (std::size_t y = 0; y < side; ++y) {
        for (std::size_t x = 0; x < side; ++x)
            square[y][x] =
                (level(static_cast<int>(x), static_cast<int>(y)) - mean) * window()[x] * window()[y];
    }
}

// A multiple of the blocks' frequency along one axis, nothing along the other.
bool of_jpeg(int u, int v) {
    const auto harmonic = [](int along, int across) {
        const int beside = along % jpeg_period;
        return across <= 1 && (beside <= 1 || beside == jpeg_period - 1);
    };
    return harmonic(u, v) || harmonic(v, u);
}

float ripple_at(const Image& picture, face::Point middle) {
    Secret<Square> secret(Square{});
    Square& square = secret.get();
    cut(picture, middle, square);
    for (Line& row : square)
        transform(row);
    struct Ring {
        SecretVector<float> powers;
        float strongest = 0; // of those that JPEG does not make
    };
    std::array<Ring, finest + 1> rings;
    Line column{};
    for (int u = 0; u <= half; ++u) { // the other half mirrors this one
        for (std::size_t y = 0; y < side; ++y)
            column[y] = square[y][static_cast<std::size_t>(u)];
        transform(column);
        for (int y = 0; y < side; ++y) {
            const int v = std::min(y, side - y);
            const auto radius = static_cast<int>(std::hypot(static_cast<float>(u), static_cast<float>(v)));
            if (radius < coarsest || radius > finest)
                continue;
            Ring& ring = rings[static_cast<std::size_t>(radius)];
            const float power = std::norm(column[static_cast<std::size_t>(y)]);
            ring.powers.push_back(power);
            if (!of_jpeg(u, v))
                ring.strongest = std::max(ring.strongest, power);
        }
    }
    wipe(&column, sizeof column);
    float most = 0;
    for (Ring& ring : rings) {
        if (ring.powers.size() < 4)
            continue;
        const auto middle_one = ring.powers.begin() + static_cast<std::ptrdiff_t>(ring.powers.size() / 2);
        std::ranges::nth_element(ring.powers, middle_one);
        most = std::max(most, ring.strongest / (*middle_one + least_surroundings));
    }
    return most;
}

} // namespace

std::optional<float> ripple(const Image& picture, const face::Observation& face) {
    const bool sound = (picture.channels == 1 || picture.channels == 3) &&
                       picture.pixels.size() == picture.stride() * static_cast<std::size_t>(picture.height);
    const auto& [left, right, nose, mouth_left, mouth_right] = face.five;
    const face::Point eyes{(left.x + right.x) / 2, (left.y + right.y) / 2};
    const face::Point mouth{(mouth_left.x + mouth_right.x) / 2, (mouth_left.y + mouth_right.y) / 2};
    if (!sound || picture.width < side || picture.height < side ||
        !std::isfinite(eyes.x + eyes.y + mouth.x + mouth.y))
        return std::nullopt;
    const float at_eyes = ripple_at(picture, eyes);
    return at_eyes <= clean ? at_eyes : std::min(at_eyes, ripple_at(picture, mouth));
}

Evidence moire(std::span<const float> ripples) {
    if (ripples.size() < fewest)
        return {Kind::moire, Outcome::not_assessed, 0};
    SecretVector<float> ordered(ripples.begin(), ripples.end());
    const auto middle = ordered.begin() + static_cast<std::ptrdiff_t>(ordered.size() / 2);
    std::ranges::nth_element(ordered, middle);
    const float margin = std::log10(grid / std::max(*middle, 1.F));
    if (*middle >= grid)
        return {Kind::moire, Outcome::fail, margin};
    return {Kind::moire, *middle <= clean ? Outcome::pass : Outcome::not_assessed, margin};
}

void Moire::reset_for_new_face() {
    ripples_.clear();
    finding_.reset_for_new_face();
}

void Moire::add_face(const FaceView& view) {
    if (finding_.failed() || (looked_ && view.captured - *looked_ < between_ripples))
        return;
    looked_ = view.captured;
    const auto now = ripple(view.picture, view.face);
    if (!now)
        return;
    if (ripples_.size() == most_ripples)
        ripples_.erase(ripples_.begin());
    ripples_.push_back(*now);
    finding_.note(moire(ripples_));
}

} // namespace kaomon::liveness
