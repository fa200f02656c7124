#include "daemon/liveness/photo_replay.hpp"

#include "daemon/liveness/four.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kaomon::liveness {
namespace {

// The card's photograph has about 60 pixels between the eyes before its compression: half of the crop's scale
// keeps what survives it.
constexpr std::size_t level = 1;
constexpr int blur = 3; // radius of the box whose mean is taken out, pixels of that level
constexpr float same_correlation = 0.94F;
constexpr Milliseconds between_views{200};
constexpr std::size_t most_lives = 4;

// The inner face of the photograph, in pixels of that level: brows to chin, no hair, no background. The live
// one lies a little otherwise: the room around it is for that.
constexpr int left = 14, top = 20, width = 36, height = 46, room = 8;
static_assert(width % lanes == 0);

// How the live face is aligned with the photograph's: right, down (pixels); larger, turned, wider than high,
// sheared (shares of its size, about its middle). The crops were laid by the points of a mesh, which are
// never quite the same twice, and a print that is held at an angle is foreshortened.
using Alignment = std::array<float, 6>;
constexpr Alignment first_steps{0.5F, 0.5F, 0.02F, 0.02F, 0.02F, 0.02F};
constexpr Alignment farthest{4, 4, 0.12F, 0.12F, 0.16F, 0.16F};
constexpr int halvings = 2;             // of the steps: an eighth of a pixel is as fine as it gets
constexpr int shifts = 2;               // tried to each side at first, pixels
constexpr float worth_a_search = 0.45F; // most pairs of two moments stay below it

float correlation(const Grey& photograph, const Grey& live, const Alignment& alignment) {
    constexpr float middle_x = room + (width - 1) / 2.F, middle_y = room + (height - 1) / 2.F;
    const float a = 1 + alignment[2] + alignment[4], b = alignment[5] - alignment[3],
                c = alignment[5] + alignment[3], d = 1 + alignment[2] - alignment[4];
    Four product{}, square_a{}, square_b{};
    for (int y = room; y < room + height; ++y) {
        const float v = static_cast<float>(y) - middle_y;
        for (int x = room; x < room + width; x += int{lanes}) {
            const Four u = static_cast<float>(x) + Four{0, 1, 2, 3} - middle_x;
            const Four one =
                load_four(&photograph.levels[static_cast<std::size_t>(y * photograph.width + x)]);
            const Four other = between(live, middle_x + a * u + b * v + alignment[0],
                                       middle_y + c * u + d * v + alignment[1]);
            product += one * other, square_a += one * one, square_b += other * other;
        }
    }
    const float norm = std::sqrt(sum_of(square_a) * sum_of(square_b));
    return norm > 0 ? sum_of(product) / norm : 0;
}

// The best that can be had by laying the one under the other: whole pixels first, then a pattern search
// (Hooke and Jeeves 1961) with steps that are halved where none helps.
float best_correlation(const Grey& photograph, const Grey& live) {
    float best = -1;
    Alignment at{};
    const auto better = [&](const Alignment& alignment) {
        const float here = correlation(photograph, live, alignment);
        if (here <= best)
            return false;
        best = here;
        at = alignment;
        return true;
    };
    for (int dy = -shifts; dy <= shifts; ++dy) {
        for (int dx = -shifts; dx <= shifts; ++dx)
            better({static_cast<float>(dx), static_cast<float>(dy)});
    }
    if (best < worth_a_search)
        return best;
    float share = 1;
    for (int halved = 0; halved <= halvings;) {
        bool helped = false;
        for (std::size_t i = 0; i < at.size(); ++i) {
            for (const float step : {share * first_steps[i], -share * first_steps[i]}) {
                Alignment alignment = at;
                alignment[i] += step;
                helped = (std::abs(alignment[i]) <= farthest[i] && better(alignment)) || helped;
            }
        }
        if (!helped) {
            share /= 2;
            ++halved;
        }
    }
    return best;
}

} // namespace

Grey fine_structure(const FaceCrop& crop) {
    if (crop.empty())
        return {};
    const Grey& grey = crop.pyramid[level];
    Grey fine{width + 2 * room, height + 2 * room, {}};
    fine.levels.reserve(std::size_t{width + 2 * room} * std::size_t{height + 2 * room});
    constexpr int count = (2 * blur + 1) * (2 * blur + 1);
    for (int y = top - room; y < top + height + room; ++y) {
        for (int x = left - room; x < left + width + room; ++x) {
            float sum = 0;
            for (int dy = -blur; dy <= blur; ++dy) {
                for (int dx = -blur; dx <= blur; ++dx)
                    sum += grey.at(x + dx, y + dy);
            }
            fine.levels.push_back((grey.at(x, y) - sum / count) / (sum / count + 16));
        }
    }
    return fine;
}

std::optional<float> similarity(const Grey& photograph, const Grey& live) {
    if (photograph.levels.empty() || live.levels.empty())
        return std::nullopt;
    return best_correlation(photograph, live);
}

Evidence photo_replay(float similarity) noexcept {
    return {Kind::photo_replay, similarity >= same_correlation ? Outcome::fail : Outcome::pass,
            same_correlation - similarity};
}

void PhotoReplay::reset_for_new_face() {
    lives_.clear();
    taken_.reset();
    if (similarity_ && photo_replay(*similarity_).outcome != Outcome::fail)
        similarity_.reset();
}

void PhotoReplay::add_face(const FaceView& view) {
    if (taken_ && view.captured - *taken_ < between_views)
        return;
    taken_ = view.captured;
    if (lives_.size() == most_lives)
        lives_.pop_front();
    lives_.push_back(fine_structure(view.crop));
    compare(lives_.back());
}

void PhotoReplay::photograph(const FaceCrop& crop) {
    photograph_ = fine_structure(crop);
    for (const Grey& live : lives_)
        compare(live);
}

void PhotoReplay::compare(const Grey& live) {
    const auto now = similarity(photograph_, live);
    if (now && (!similarity_ || *now > *similarity_))
        similarity_ = now;
}

std::vector<Evidence> PhotoReplay::evidence() const {
    if (!similarity_)
        return {{Kind::photo_replay, Outcome::not_assessed, 0}};
    return {photo_replay(*similarity_)};
}

} // namespace kaomon::liveness
