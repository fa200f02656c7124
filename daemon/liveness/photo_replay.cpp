#include "daemon/liveness/photo_replay.hpp"

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

// The inner face of the photograph, in pixels of that level: brows to chin, no hair, no background. The live
// one lies a little otherwise: the room around it is for that.
constexpr int left = 14, top = 20, width = 36, height = 46, room = 8;

// How the live face lies under the photograph's: right, down (pixels); larger, turned, wider than high,
// sheared (shares of its size, about its middle). The crops were laid by the points of a mesh, which are
// never quite the same twice, and a print that is held at an angle is foreshortened.
using Lie = std::array<float, 6>;
constexpr Lie first_steps{0.5F, 0.5F, 0.02F, 0.02F, 0.02F, 0.02F};
constexpr Lie farthest{4, 4, 0.12F, 0.12F, 0.16F, 0.16F};
constexpr int halvings = 2;             // of the steps: an eighth of a pixel is as fine as it gets
constexpr int shifts = 2;               // tried to each side at first, pixels
constexpr float worth_a_search = 0.45F; // most pairs of two moments stay below it

float correlation(const Grey& photograph, const Grey& live, const Lie& lie) {
    constexpr float middle_x = room + (width - 1) / 2.F, middle_y = room + (height - 1) / 2.F;
    const float a = 1 + lie[2] + lie[4], b = lie[5] - lie[3], c = lie[5] + lie[3], d = 1 + lie[2] - lie[4];
    float product = 0, square_a = 0, square_b = 0;
    for (int y = room; y < room + height; ++y) {
        for (int x = room; x < room + width; ++x) {
            const float u = static_cast<float>(x) - middle_x, v = static_cast<float>(y) - middle_y;
            const float one = photograph.at(x, y);
            const float other =
                live.between(middle_x + a * u + b * v + lie[0], middle_y + c * u + d * v + lie[1]);
            product += one * other, square_a += one * one, square_b += other * other;
        }
    }
    const float norm = std::sqrt(square_a * square_b);
    return norm > 0 ? product / norm : 0;
}

// The best that can be had by laying the one under the other: whole pixels first, then a pattern search
// (Hooke and Jeeves 1961) with steps that are halved where none helps.
float best_correlation(const Grey& photograph, const Grey& live) {
    float best = -1;
    Lie at{};
    const auto better = [&](const Lie& lie) {
        const float here = correlation(photograph, live, lie);
        if (here <= best)
            return false;
        best = here;
        at = lie;
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
                Lie lie = at;
                lie[i] += step;
                helped = (std::abs(lie[i]) <= farthest[i] && better(lie)) || helped;
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

std::optional<float> sameness(const Grey& photograph, const Grey& live) {
    if (photograph.levels.empty() || live.levels.empty())
        return std::nullopt;
    return best_correlation(photograph, live);
}

Evidence photo_replay(float sameness) noexcept {
    return {Kind::photo_replay, sameness >= same_correlation ? Outcome::fail : Outcome::pass,
            same_correlation - sameness};
}

} // namespace kaomon::liveness
