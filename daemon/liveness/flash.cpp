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
// trembles by 0.001; a screen of 10 inches at 60 cm gives 0.1 in an office, 0.01 in the sun. Glass mirrors 4
// % where skin answers with 30 to 60 %: the display of a telephone should stay below; the rendered
// one does not (tools/demo --attack video --screen).
constexpr float least_change = 0.03F;
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

// The colour asked for, in the same two directions: light is added, so their differences are.
Pair direction(const FlashStep& step) {
    const auto& [red, green, blue] = step.colour;
    const auto& light = linear_light();
    return {light[red] - light[green], light[blue] - light[green]};
}

struct Plateaus { // one for each colour
    std::array<Pair, flash_steps> mean{};
    Pair scatter{};          // deviation of frames from the mean of their colour
    bool told_steady = true; // enough frames of each for that
};

std::optional<Plateaus> plateaus(std::span<const FlashStep> asked, std::span<const SkinSample> seen) {
    Plateaus found;
    std::size_t frames = 0;
    for (std::size_t step = 0; step < flash_steps; ++step) {
        Pair sum{}, squares{};
        std::size_t count = 0;
        for (const SkinSample& sample : seen) {
            const auto age = sample.captured - asked[step].shown;
            if (age < settled || age > leaves)
                continue;
            const Pair value = chromaticity(sample.colour);
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

// Both cheeks: points 50 and 280 of the mesh, a seventh of the eyes' distance around them. Nothing where they
// are outside of the picture (RGB), too bright or too dark for their colour to be known, or the face has no
// size.
std::optional<SkinSample> cheeks(const FaceView& view) {
    constexpr std::uint8_t darkest = 8, brightest = 247;
    const Image& picture = view.picture;
    const auto& five = view.face.five;
    const float reach = std::hypot(five[1].x - five[0].x, five[1].y - five[0].y) / 7;
    if (!(reach > 0 && reach < static_cast<float>(picture.width)))
        return std::nullopt;
    const int steps = static_cast<int>(2 * reach);
    SkinSample sample{.captured = view.captured};
    int count = 0, unclear = 0;
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
                const auto [low, high] = std::minmax({pixel[0], pixel[1], pixel[2]});
                if (low < darkest || high > brightest) {
                    ++unclear;
                    continue;
                }
                for (std::size_t c = 0; c < 3; ++c)
                    sample.colour[c] += linear_light()[pixel[c]];
                ++count;
            }
        }
    }
    if (count <= unclear)
        return std::nullopt;
    for (float& value : sample.colour)
        value /= static_cast<float>(count);
    return sample;
}

} // namespace

Evidence flash(std::span<const FlashStep> asked, std::span<const SkinSample> seen) noexcept {
    constexpr Evidence unknown{Kind::flash, Outcome::not_assessed, 0};
    if (asked.size() < flash_steps)
        return unknown;
    const auto skin = plateaus(asked, seen);
    if (!skin)
        return unknown;
    const Pair changes{change(*skin, 0), change(*skin, 1)};
    if (std::ranges::min(changes) < least_change)
        return unknown;
    const Pair agrees{cosine(asked, *skin, 0), cosine(asked, *skin, 1)};
    const float low = std::ranges::min(agrees), high = std::ranges::max(agrees);
    if (low >= pass_limit)
        return {Kind::flash, Outcome::pass, low - pass_limit};
    const bool in_steps = skin->told_steady && skin->scatter[0] <= steady * changes[0] &&
                          skin->scatter[1] <= steady * changes[1];
    const bool late = std::min(cosine(asked, *skin, 0, 1), cosine(asked, *skin, 1, 1)) >= pass_limit;
    if (high <= fail_limit && in_steps && !late)
        return {Kind::flash, Outcome::fail, high - fail_limit};
    return unknown;
}

void Flash::screen(std::span<const FlashStep> shown) {
    const bool goes_on = !asked_.empty() && shown.size() >= asked_.size() &&
                         std::ranges::equal(asked_, shown.first(asked_.size()));
    if (!goes_on)
        skin_.clear();
    asked_.assign(shown.begin(), shown.end());
}

void Flash::reset_for_new_face() {
    skin_.clear();
    finding_.reset_for_new_face();
}

void Flash::add_face(const FaceView& view) {
    if (asked_.empty() || view.picture.channels != 3 || skin_.size() == most_skin)
        return;
    if (const auto sample = cheeks(view))
        skin_.push_back(*sample);
    if (asked_.size() < flash_steps || view.captured - asked_[flash_steps - 1].shown < leaves)
        return;
    if (const Evidence now = flash(asked_, skin_); now.outcome != Outcome::not_assessed)
        finding_.note(now);
    screen({}); // what comes now belongs to no colour
}

} // namespace kaomon::liveness
