#include "drivers/camera/simulated/head.hpp"

#include "drivers/camera/simulated/relief.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::camera::simulated {
namespace {

// The opening between the lids (30 x 10 mm with 63 mm between the eyes), and the fold of skin that comes
// down.
constexpr float half_opening = 0.27F, upper = -0.10F, lower = 0.075F, fold = 0.10F;
constexpr float lashes = 0.025F;
constexpr std::uint64_t lash_share = 150; // of 256: how much darker

struct Lid {
    float y;   // where on the still that skin is
    bool lash; // the dark line at its edge
};

// What is seen at (x, y) from the middle of an eye.
Lid lid(float x, float y, float closure) {
    const float u = x / half_opening;
    if (std::abs(u) >= 1 || closure <= 0)
        return {y, false};
    const float arch = 1 - u * u, top = upper * arch, edge = top + closure * (lower - upper) * arch;
    const float start = top - fold;
    if (y <= start || y > edge)
        return {y, false};
    return {start + (y - start) * fold / (edge - start), closure > 0.2F && y > edge - lashes};
}

// Where the lips of an average face meet, and how wide speech opens them (68, 23 and 8 mm); below them the
// jaw goes down, less and less towards the neck.
constexpr float lips = 1.08F, half_mouth = 0.36F, widest = 0.13F, jaw = 0.9F;
constexpr std::uint64_t inside_of_mouth = 0x0020'0018'0038; // B, G, R in their lanes

// Where on the still is what is seen there below an open mouth; nothing: between the lips.
std::optional<float> below_lips(Spot at, float open) {
    const float u = at.x / half_mouth;
    if (std::abs(u) >= 1 || at.y <= lips)
        return at.y;
    const float gap = open * widest * (1 - u * u);
    if (at.y < lips + gap)
        return std::nullopt;
    const float left = 1 - std::clamp((at.y - lips - gap) / jaw, 0.F, 1.F);
    return at.y - gap * left * left;
}

// Rims around lenses of 46 x 32 mm, 17 mm apart, 2.5 mm thick; a bridge; the sides as far as they are seen.
constexpr std::uint64_t rim = 0x001e'0018'0016;
bool of_glasses(Spot at) {
    constexpr float half_lens = 0.365F, half_height = 0.255F, thick = 0.04F, middle = 0.04F;
    const float x = std::abs(at.x), y = at.y - middle;
    const auto beyond = [&](float across, float down) { // a rounded rectangle
        const float u = std::abs(x - 0.5F) / across, v = std::abs(y) / down;
        return u * u * u + v * v * v > 1;
    };
    if (!beyond(half_lens + thick, half_height + thick))
        return beyond(half_lens, half_height);
    const bool bridge = x < 0.5F - half_lens && std::abs(y + 0.08F) < thick / 2;
    const bool temple = x > 0.5F + half_lens && x < 1.15F && std::abs(y + 0.12F) < thick / 2;
    return bridge || temple;
}

} // namespace

void show_head(const Canvas& still, const Gesture& gesture, Canvas& shown, Worn worn) {
    if (!still.eyes)
        return;
    const Eyes& eyes = *still.eyes;
    const float dx = eyes.right_x - eyes.left_x, dy = eyes.right_y - eyes.left_y, unit = std::hypot(dx, dy);
    const ReliefMap::Placement place{(eyes.left_x + eyes.right_x) / 2, (eyes.left_y + eyes.right_y) / 2, unit,
                                     dx / unit, dy / unit};
    const auto within = [](float value, int length) {
        return static_cast<int>(std::clamp(value, 0.F, static_cast<float>(length)));
    };
    const auto reach = Relief::reach(gesture);
    const int left = within(place.x - reach.across * unit, still.width);
    const int right = within(place.x + reach.across * unit, still.width);
    const int top = within(place.y - reach.up * unit, still.height);
    const int bottom = within(place.y + reach.down * unit, still.height);
    const ReliefMap map({.shape = Relief::Shape::head}, place, gesture, left, top, right - left,
                        bottom - top);
    std::vector<Spot> row(static_cast<std::size_t>(std::max(right - left, 0)));
    for (int y = top; y < bottom; ++y) {
        map.row(y, row);
        for (int x = left; x < right; ++x) {
            Spot at = row[static_cast<std::size_t>(x - left)];
            if (worn == Worn::glasses && of_glasses(at)) {
                shown.at(x, y) = rim;
                continue;
            }
            bool lash = false;
            if (gesture.closure > 0 && std::abs(at.y) < 0.3F) {
                const Lid seen = lid(std::abs(at.x) - 0.5F, at.y, gesture.closure);
                at.y = seen.y, lash = seen.lash;
            }
            if (gesture.mouth > 0) {
                const auto y_there = below_lips(at, gesture.mouth);
                if (!y_there) {
                    shown.at(x, y) = inside_of_mouth;
                    continue;
                }
                at.y = *y_there;
            }
            const Spot from = place.out_of(at);
            const std::uint64_t colour = still.between(from.x, from.y);
            shown.at(x, y) = lash ? mix(colour, 0, lash_share) : colour;
        }
    }
}

void put_before_window(Canvas& shown) {
    if (!shown.eyes)
        return;
    constexpr std::uint64_t sky = 0x00f8'00f0'00e8;
    constexpr float across = 1.35F, up = 1.6F, down = 2.0F, soft = 0.15F; // eye distances; of a radius
    constexpr float darker = 0.6F, brighter = 0.75F;                      // shares
    const Eyes& eyes = *shown.eyes;
    const float unit = std::hypot(eyes.right_x - eyes.left_x, eyes.right_y - eyes.left_y);
    const float middle_x = (eyes.left_x + eyes.right_x) / 2, middle_y = (eyes.left_y + eyes.right_y) / 2;
    for (int y = 0; y < shown.height; ++y) {
        for (int x = 0; x < shown.width; ++x) {
            const float dx = (static_cast<float>(x) - middle_x) / unit / across;
            const float dy = (static_cast<float>(y) - middle_y) / unit;
            const float radius = std::hypot(dx, dy / (dy < 0 ? up : down));
            const float outside = std::clamp((radius - 1) / soft, 0.F, 1.F);
            const auto share = [](float part) { return static_cast<std::uint64_t>(256 * part); };
            auto& pixel = shown.at(x, y);
            pixel = mix(pixel, 0, share(darker * (1 - outside)));
            pixel = mix(pixel, sky, share(brighter * outside));
        }
    }
}

} // namespace kaomon::camera::simulated
