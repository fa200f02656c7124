#include "daemon/liveness/blink.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::liveness {
namespace {

// Correlation of patches of one eye: frames of an open eye a second apart are above 0.95, a closed one is
// below 0.5.
constexpr float same = 0.85F, other = 0.65F;
constexpr float nose_same = 0.85F;
constexpr float steadily = 0.97F; // nothing went on in the last frames: the usual case, and soon done with
// Caffier et al. (2003): blinks of awake adults take 100 to 400 ms.
constexpr Milliseconds shortest{80}, longest{400};
constexpr Milliseconds gap{250}; // between two frames: longer, and nobody knows what was in between
constexpr int impossible_limit = 2;
constexpr std::size_t most_frames = 40; // more than half a second of a fast camera
constexpr float frontal = 25;           // degrees: beyond, one eye is seen from the side
constexpr int width = 2 * EyePatches::half_width + 1, height = 2 * EyePatches::half_height + 1;

void cut(const Grey& grey, face::Point centre, EyePatches::Patch& patch) {
    float sum = 0;
    std::size_t i = 0;
    for (int y = -EyePatches::half_height; y <= EyePatches::half_height; ++y) {
        for (int x = -EyePatches::half_width; x <= EyePatches::half_width; ++x)
            sum += patch[i++] =
                grey.between(centre.x + static_cast<float>(x), centre.y + static_cast<float>(y));
    }
    float square = 0;
    for (float& value : patch) {
        value -= sum / EyePatches::size;
        square += value * value;
    }
    const float length = std::sqrt(square);
    for (float& value : patch)
        value = length > 0 ? value / length : 0;
}

// Both eyes; the worse of them.
float eyes_alike(const EyePatches& a, const EyePatches& b) noexcept {
    return std::min(correlation(a.left, b.left), correlation(a.right, b.right));
}
// Both eyes differ: the better of them.
bool eyes_differ(const EyePatches& a, const EyePatches& b) noexcept {
    return correlation(a.left, b.left) <= other && correlation(a.right, b.right) <= other;
}

} // namespace

EyePatches eye_patches(const FaceCrop& crop, Instant captured) {
    EyePatches patches{.captured = captured};
    const Grey& grey = crop.pyramid.front();
    cut(grey, crop.eyes[0], patches.left);
    cut(grey, crop.eyes[1], patches.right);
    const face::Point nose{(crop.eyes[0].x + crop.eyes[1].x) / 2,
                           (crop.eyes[0].y + crop.eyes[1].y) / 2 + 0.5F * FaceCrop::eye_distance};
    cut(grey, nose, patches.nose);
    return patches;
}

float correlation(const EyePatches::Patch& a, const EyePatches::Patch& b) noexcept {
    float best = -1;
    for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) {
            float product = 0, square_a = 0, square_b = 0;
            for (int y = 1; y + 1 < height; ++y) {
                const float* row_a = a.data() + std::ptrdiff_t{y} * width;
                const float* row_b = b.data() + std::ptrdiff_t{y + dy} * width + dx;
                for (int x = 1; x + 1 < width; ++x) {
                    product += row_a[x] * row_b[x];
                    square_a += row_a[x] * row_a[x];
                    square_b += row_b[x] * row_b[x];
                }
            }
            const float norm = std::sqrt(square_a * square_b);
            best = std::max(best, norm > 0 ? product / norm : 0);
        }
    }
    return best;
}

LidMovement lid_movement(std::span<const EyePatches> frames) noexcept {
    if (frames.size() < 3)
        return LidMovement::nothing;
    const std::size_t last = frames.size() - 1;
    const EyePatches& now = frames[last];
    const bool steady = last >= 3 && eyes_alike(now, frames[last - 1]) >= steadily &&
                        eyes_alike(now, frames[last - 3]) >= steadily;
    if (steady || now.captured - frames[last - 1].captured > gap)
        return LidMovement::nothing;
    for (std::size_t before = last - 1; before-- > 0;) {
        const EyePatches& open = frames[before];
        if (frames[before + 1].captured - open.captured > gap ||
            now.captured - open.captured > longest + 2 * gap)
            break;
        if (eyes_alike(now, open) < same)
            continue;
        if (eyes_alike(frames[last - 1], open) >= same)
            continue; // no change since
        std::optional<Instant> closed, still_closed;
        for (const EyePatches& between : frames.subspan(before + 1, last - before - 1)) {
            if (correlation(open.nose, between.nose) < nose_same)
                return LidMovement::nothing; // the face moved, or something passed before it
            if (!eyes_differ(open, between))
                continue;
            closed = closed.value_or(between.captured);
            still_closed = between.captured;
        }
        const bool settled = before > 0 && eyes_alike(frames[before - 1], open) >= same;
        if (!closed || !settled)
            continue; // half closed, or the end of the last blink
        if (now.captured - open.captured < shortest)
            return LidMovement::impossible;
        return *still_closed - *closed <= longest ? LidMovement::blink : LidMovement::nothing;
    }
    return LidMovement::nothing;
}

Evidence blink(int blinks, int impossible) noexcept {
    if (impossible >= impossible_limit)
        return {Kind::blink, Outcome::fail, static_cast<float>(impossible_limit - impossible - 1)};
    return {Kind::blink, blinks > 0 ? Outcome::pass : Outcome::not_assessed, static_cast<float>(blinks)};
}

void Blink::reset_for_new_face() {
    frames_.clear();
    blinks_ = 0;
}

void Blink::add_face(const FaceView& view) {
    if (std::abs(view.face.quality.yaw) > frontal) {
        frames_.clear();
        return;
    }
    if (frames_.size() == most_frames)
        frames_.erase(frames_.begin());
    frames_.push_back(eye_patches(view.crop, view.captured));
    switch (lid_movement(frames_)) {
    case LidMovement::blink:
        ++blinks_;
        break;
    case LidMovement::impossible:
        ++impossible_;
        break;
    case LidMovement::nothing:
        break;
    }
}

} // namespace kaomon::liveness
