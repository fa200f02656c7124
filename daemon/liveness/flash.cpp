#include "daemon/liveness/flash.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::liveness {
namespace {

constexpr Milliseconds first_delay{30}, last_delay{350}, delay_step{10}; // screen, exposure, transfer
constexpr std::size_t fewest_steps = 4, fewest_samples = 24;
constexpr float pass_limit = 0.85F, fail_limit = 0.5F; // correlation of asked and seen
constexpr float least_response = 0.004F; // deviation of the chromaticity's logarithm: a webcam's mean of a
                                         // thousand skin pixels trembles by a tenth of that

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

} // namespace kaomon::liveness
