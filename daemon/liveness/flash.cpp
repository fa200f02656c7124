#include "daemon/liveness/flash.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace kaomon::liveness {
namespace {

// A frame counts for a colour when it was captured so long after the screen said that it shows it: before,
// the display may lag, after, a frame that was exposed or read late may see the next one.
constexpr Milliseconds settled{200}, leaves{440};
static_assert(leaves < flash_stands);
constexpr std::size_t fewest_frames = 2; // of each colour, to tell steps from what drifts

constexpr float pass_limit = 0.85F, fail_limit = 0.3F; // cosines of asked and seen changes
// Root mean square of the changes, as a logarithm of ratios. A webcam's mean of a thousand skin pixels
// trembles by 0.001; a screen of 10 inches at 60 cm gives 0.1 in an office, 0.01 in the sun.
constexpr float least_change = 0.03F;
// How much brighter the skin must be than the brows for a light that is added to be told from one that falls
// on both; and how alike both must change (a cosine) to tell anything.
constexpr float least_contrast = 2, alike = 0.7F;
// Deviation within a colour, of the changes between them. What drifts or swings from one colour to the next,
// as a cloud or a head that turns, has 0.12 and more.
constexpr float steady = 0.1F;
constexpr std::size_t most_skin = 600; // samples

using Pair = std::array<float, 2>; // red and blue, against green

// What does not depend on how bright it is: two logarithms of ratios.
Pair chromaticity(const std::array<float, 3>& colour) {
    const auto safe = [](float value) { return std::log(std::max(value, 1e-6F)); };
    return {safe(colour[0]) - safe(colour[1]), safe(colour[2]) - safe(colour[1])};
}

// The colour asked for, in the same two directions: light is added, so their differences are.
Pair direction(const FlashStep& step) {
    const auto& [red, green, blue] = step.colour;
    return {linear_light(red) - linear_light(green), linear_light(blue) - linear_light(green)};
}

struct Plateaus { // one for each colour
    std::array<Pair, flash_steps> mean{};
    std::array<float, 3> light{}; // mean of all frames, linear
    Pair scatter{};               // deviation of frames from the mean of their colour
    bool told_steady = true;      // enough frames of each for that
};

using Part = std::array<float, 3> SkinSample::*;

std::optional<Plateaus> plateaus(std::span<const FlashStep> asked, std::span<const SkinSample> seen,
                                 Part part) {
    Plateaus found;
    std::size_t frames = 0;
    for (std::size_t step = 0; step < flash_steps; ++step) {
        Pair sum{}, squares{};
        std::size_t count = 0;
        for (const SkinSample& sample : seen) {
            const auto age = sample.captured - asked[step].shown;
            const auto& colour = sample.*part;
            if (age < settled || age > leaves || std::ranges::min(colour) <= 0)
                continue;
            const Pair value = chromaticity(colour);
            for (std::size_t c = 0; c < 3; ++c)
                found.light[c] += colour[c];
            for (std::size_t i = 0; i < 2; ++i)
                sum[i] += value[i], squares[i] += value[i] * value[i];
            ++count;
        }
        if (count == 0)
            return std::nullopt;
        found.told_steady = found.told_steady && count >= fewest_frames;
        const auto n = static_cast<float>(count);
        for (std::size_t i = 0; i < 2; ++i) {
            found.mean[step][i] = sum[i] / n;
            found.scatter[i] += std::max(0.0F, squares[i] - sum[i] * sum[i] / n);
        }
        frames += count;
    }
    for (float& value : found.scatter)
        value = std::sqrt(value / static_cast<float>(std::max<std::size_t>(1, frames - flash_steps)));
    for (float& value : found.light)
        value /= static_cast<float>(frames);
    return found;
}

// Of the changes from colour to colour in one direction. `late`: as if the screen lagged by so many colours.
float cosine(std::span<const FlashStep> asked, const Plateaus& seen, std::size_t i, std::size_t late = 0) {
    double xx = 0, yy = 0, xy = 0;
    for (std::size_t step = 1 + late; step < flash_steps; ++step) {
        const float x = direction(asked[step - late])[i] - direction(asked[step - late - 1])[i];
        const float y = seen.mean[step][i] - seen.mean[step - 1][i];
        xx += x * x, yy += y * y, xy += x * y;
    }
    return xx > 0 && yy > 0 ? static_cast<float>(xy / std::sqrt(xx * yy)) : 0;
}

float change(const Plateaus& seen, std::size_t i) {
    float sum = 0;
    for (std::size_t step = 1; step < flash_steps; ++step) {
        const float one = seen.mean[step][i] - seen.mean[step - 1][i];
        sum += one * one;
    }
    return std::sqrt(sum / static_cast<float>(flash_steps - 1));
}

enum class Way : std::uint8_t { falls_on_both, added, unknown };

// How does a light come to skin and brows? One that falls on both changes them by the same share; one that is
// added to both changes the brows by as much more as they are darker. Between the two lies the geometric
// mean.
Way way_of(const Plateaus& skin, const Plateaus& brows) {
    float contrast = skin.light[0] / brows.light[0];
    for (std::size_t c = 1; c < 3; ++c)
        contrast = std::min(contrast, skin.light[c] / brows.light[c]);
    double xx = 0, yy = 0, xy = 0;
    for (std::size_t step = 1; step < flash_steps; ++step) {
        for (std::size_t i = 0; i < 2; ++i) {
            const float x = skin.mean[step][i] - skin.mean[step - 1][i];
            const float y = brows.mean[step][i] - brows.mean[step - 1][i];
            xx += x * x, yy += y * y, xy += x * y;
        }
    }
    if (contrast < least_contrast || xy <= alike * std::sqrt(xx * yy))
        return Way::unknown;
    return xy <= std::sqrt(contrast) * xx ? Way::falls_on_both : Way::added;
}

} // namespace

Reflection flash(std::span<const FlashStep> asked, std::span<const SkinSample> seen) noexcept {
    constexpr Reflection unknown{{Kind::flash, Outcome::not_assessed, 0}};
    if (asked.size() < flash_steps)
        return unknown;
    const auto skin = plateaus(asked, seen, &SkinSample::skin);
    if (!skin)
        return unknown;
    const Pair changes{change(*skin, 0), change(*skin, 1)};
    if (std::ranges::min(changes) < least_change)
        return unknown;
    const Pair agrees{cosine(asked, *skin, 0), cosine(asked, *skin, 1)};
    const float low = std::ranges::min(agrees), high = std::ranges::max(agrees);
    if (low >= pass_limit) {
        const auto brows = plateaus(asked, seen, &SkinSample::brows);
        const Way way = brows ? way_of(*skin, *brows) : Way::unknown;
        if (way == Way::falls_on_both)
            return {{Kind::flash, Outcome::pass, low - pass_limit}};
        return {unknown.evidence, way == Way::added};
    }
    const bool in_steps = skin->told_steady && skin->scatter[0] <= steady * changes[0] &&
                          skin->scatter[1] <= steady * changes[1];
    const bool late = std::min(cosine(asked, *skin, 0, 1), cosine(asked, *skin, 1, 1)) >= pass_limit;
    if (high <= fail_limit && in_steps && !late)
        return {{Kind::flash, Outcome::fail, high - fail_limit}};
    return unknown;
}

void Flash::screen(std::span<const FlashStep> shown) {
    const bool goes_on = !asked_.empty() && shown.size() >= asked_.size() &&
                         std::ranges::equal(asked_, shown.first(asked_.size()));
    if (!goes_on) {
        skin_.clear();
        judged_ = false;
    }
    asked_.assign(shown.begin(), shown.end());
}

void Flash::reset_for_new_face() {
    skin_.clear();
    finding_.reset_for_new_face();
}

void Flash::add_face(const FaceView& view) {
    if (asked_.empty() || judged_ || view.picture.channels != 3 || skin_.size() == most_skin)
        return;
    if (const auto sample = skin_sample(view))
        skin_.push_back(*sample);
    if (asked_.size() < flash_steps || view.captured - asked_[flash_steps - 1].shown < leaves)
        return;
    const Reflection now = flash(asked_, skin_);
    if (now.evidence.outcome != Outcome::not_assessed)
        finding_.note(now.evidence);
    mirrored_ += now.mirrored ? 1 : 0;
    judged_ = true; // what comes now belongs to no colour
    skin_.clear();
}

} // namespace kaomon::liveness
