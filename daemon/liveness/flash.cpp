#include "daemon/liveness/flash.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace kaomon::liveness {
namespace {

constexpr Milliseconds first_delay{30}, last_delay{350}, delay_step{10}; // screen, exposure, transfer
constexpr std::size_t fewest_steps = 4, fewest_samples = 24;
constexpr float pass_limit = 0.85F, fail_limit = 0.5F; // correlation of asked and seen
constexpr float least_response = 0.004F; // deviation of the chromaticity's logarithm: a webcam's mean of a
                                         // thousand skin pixels trembles by a tenth of that
constexpr std::size_t most_skin = 600;   // samples
constexpr Milliseconds last_colour{400}; // only the whole of the colours is judged: the first few may agree
                                         // by chance

// What does not depend on how bright it is: two logarithms of ratios.
std::array<float, 2> chromaticity(const std::array<float, 3>& colour) {
    const auto safe = [](float value) { return std::log(std::max(value, 1e-6F)); };
    return {safe(colour[0]) - safe(colour[1]), safe(colour[2]) - safe(colour[1])};
}

// The colours asked for, in the same two directions: light is added, so their differences are.
std::array<float, 2> direction(const std::array<float, 3>& colour) {
    return {colour[0] - colour[1], colour[2] - colour[1]};
}

const FlashStep* shown_at(std::span<const FlashStep> asked, Instant when) {
    const auto after = std::ranges::upper_bound(asked, when, {}, &FlashStep::shown);
    return after == asked.begin() ? nullptr : &*(after - 1);
}

struct Sums { // of pairs, for their correlation
    double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    void add(double a, double b) { n += 1, x += a, y += b, xx += a * a, yy += b * b, xy += a * b; }
    double correlation() const {
        const double dx = xx - x * x / n, dy = yy - y * y / n;
        return n > 0 && dx > 0 && dy > 0 ? (xy - x * y / n) / std::sqrt(dx * dy) : 0;
    }
};

float correlation(std::span<const FlashStep> asked, std::span<const SkinSample> seen, Milliseconds delay) {
    std::array<Sums, 2> sums;
    for (const SkinSample& sample : seen) {
        const FlashStep* step = shown_at(asked, sample.captured - delay);
        if (step == nullptr)
            continue;
        const auto wanted = direction(step->colour), found = chromaticity(sample.colour);
        for (std::size_t i = 0; i < sums.size(); ++i)
            sums[i].add(wanted[i], found[i]);
    }
    return static_cast<float>((sums[0].correlation() + sums[1].correlation()) / 2);
}

// Of the chromaticity around its mean: how much changes at all.
float response(std::span<const SkinSample> seen) {
    std::array<Sums, 2> sums;
    for (const SkinSample& sample : seen) {
        const auto found = chromaticity(sample.colour);
        for (std::size_t i = 0; i < sums.size(); ++i)
            sums[i].add(found[i], 0);
    }
    double variance = 0;
    for (const Sums& one : sums)
        variance += (one.xx - one.x * one.x / one.n) / one.n / 2;
    return static_cast<float>(std::sqrt(std::max(0.0, variance)));
}

// Of a byte of sRGB.
const std::array<float, 256>& linear_light() {
    static const auto table = [] {
        std::array<float, 256> made{};
        for (std::size_t i = 0; i < made.size(); ++i) {
            const float value = static_cast<float>(i) / 255;
            made[i] = value <= 0.04045F ? value / 12.92F : std::pow((value + 0.055F) / 1.055F, 2.4F);
        }
        return made;
    }();
    return table;
}

// Both cheeks: points 50 and 280 of the mesh, a seventh of the eyes' distance around them. Nothing where they
// are outside of the picture (RGB), or the face has no size.
std::optional<SkinSample> cheeks(const FaceView& view) {
    const Image& picture = view.picture;
    const auto& five = view.face.five;
    const float reach = std::hypot(five[1].x - five[0].x, five[1].y - five[0].y) / 7;
    if (!(reach > 0 && reach < static_cast<float>(picture.width)))
        return std::nullopt;
    const int steps = static_cast<int>(2 * reach);
    SkinSample sample{.captured = view.captured};
    int count = 0;
    for (const std::size_t cheek : {50U, 280U}) {
        const auto& middle = view.face.mesh[cheek];
        for (int row = 0; row <= steps; ++row) {
            for (int column = 0; column <= steps; ++column) {
                const float x = middle.x - reach + static_cast<float>(column);
                const float y = middle.y - reach + static_cast<float>(row);
                if (!(x >= 0 && y >= 0 && x < static_cast<float>(picture.width) &&
                      y < static_cast<float>(picture.height)))
                    continue;
                const auto* pixel = picture.pixels.data() + static_cast<std::size_t>(y) * picture.stride() +
                                    static_cast<std::size_t>(x) * 3;
                for (std::size_t c = 0; c < 3; ++c)
                    sample.colour[c] += linear_light()[pixel[c]];
                ++count;
            }
        }
    }
    if (count == 0)
        return std::nullopt;
    for (float& value : sample.colour)
        value /= static_cast<float>(count);
    return sample;
}

} // namespace

std::vector<std::array<float, 3>> flash_colours(std::uint64_t random, int count) {
    std::vector<std::array<float, 3>> colours;
    std::size_t before = random % 3;
    for (int i = 0; i < count; ++i) {
        random = random * 6364136223846793005U + 1442695040888963407U; // Knuth, MMIX
        before = (before + 1 + (random >> 63)) % 3;                    // one of the two others
        std::array<float, 3> colour{};
        colour[before] = 1;
        colours.push_back(colour);
    }
    return colours;
}

Evidence flash(std::span<const FlashStep> asked, std::span<const SkinSample> seen) noexcept {
    if (asked.size() < fewest_steps || seen.size() < fewest_samples || response(seen) < least_response)
        return {Kind::flash, Outcome::not_assessed, 0};
    float best = -1;
    for (Milliseconds delay = first_delay; delay <= last_delay; delay += delay_step)
        best = std::max(best, correlation(asked, seen, delay));
    if (best >= pass_limit)
        return {Kind::flash, Outcome::pass, best - pass_limit};
    if (best <= fail_limit)
        return {Kind::flash, Outcome::fail, best - fail_limit};
    return {Kind::flash, Outcome::not_assessed, 0};
}

void Flash::screen(std::span<const FlashStep> shown) {
    asked_.assign(shown.begin(), shown.end());
    skin_.clear();
}

void Flash::reset_for_new_face() {
    skin_.clear();
    finding_.reset_for_new_face();
}

void Flash::add_face(const FaceView& view) {
    if (asked_.empty() || view.picture.channels != 3 || skin_.size() == most_skin)
        return;
    const auto sample = cheeks(view);
    if (!sample)
        return;
    skin_.push_back(*sample);
    const Evidence now = flash(asked_, skin_);
    if (view.captured - asked_.back().shown >= last_colour && now.outcome != Outcome::not_assessed)
        finding_.note(now);
}

} // namespace kaomon::liveness
