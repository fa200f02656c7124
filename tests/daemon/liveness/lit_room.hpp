// A made-up room with a screen, and what a camera sees of a face in its light.
#pragma once

#include "daemon/liveness/flash.hpp"

#include <array>
#include <cmath>
#include <functional>
#include <random>
#include <vector>

namespace kaomon::liveness {

using Bytes = std::array<std::uint8_t, 3>;

inline constexpr Bytes green{0, 211, 0}, magenta{255, 137, 255}, orange{255, 162, 56}, sky{0, 196, 255};
inline constexpr std::array<Bytes, flash_steps> asked_for{green, sky, magenta, green, orange, sky};

inline float linear(std::uint8_t value) {
    const float c = static_cast<float>(value) / 255;
    return c <= 0.04045F ? c / 12.92F : std::pow((c + 0.055F) / 1.055F, 2.4F);
}

// A made-up screen, room, skin and camera.
struct Setting {
    std::array<Bytes, flash_steps> shows = asked_for; // whose light falls on the skin
    float strength = 0.1F;                            // of a white screen, of the room's light
    float mirrored = 0;                               // of it, added to the picture as glass does
    std::array<float, 3> brow{0.08F, 0.06F, 0.05F};
    float noise = 0.0015F;           // of the mean of a frame's skin
    float brow_noise = 0;            // of the brows alone
    Milliseconds frame{33}, lag{40}; // of the display, after it was said to show
    Milliseconds apart{520};         // from one colour to the next
    std::function<std::array<float, 3>(float)> room = [](float) { return std::array{1.0F, 1.0F, 1.0F}; };
    std::uint32_t seed = 1;

    std::vector<FlashStep> asked() const {
        std::vector<FlashStep> steps;
        for (std::size_t i = 0; i < flash_steps; ++i)
            steps.push_back({Instant(Milliseconds(2000)) + static_cast<int>(i) * apart, asked_for[i]});
        return steps;
    }
    std::vector<SkinSample> seen() const {
        const auto steps = asked();
        std::vector<SkinSample> samples;
        std::mt19937 random(seed), of_brows(seed + 1000);
        std::normal_distribution<float> normal(0, noise), strange(0, 1);
        const std::array<float, 3> skin{0.45F, 0.28F, 0.20F};
        for (Instant t{Milliseconds(1800)}; t < steps.back().shown + Milliseconds(600); t += frame) {
            SkinSample sample{t, {}, {}};
            std::array<float, 3> light{};
            for (std::size_t i = 0; i < flash_steps; ++i) {
                for (std::size_t c = 0; c < 3 && steps[i].shown + lag <= t; ++c)
                    light[c] = linear(shows[i][c]);
            }
            const auto around = room(std::chrono::duration<float>(t.time_since_epoch()).count() - 2);
            for (std::size_t c = 0; c < 3; ++c) {
                const float lit = around[c] + strength * light[c], added = mirrored * light[c];
                sample.skin[c] = (skin[c] * lit + added) * (1 + normal(random));
                sample.brows[c] = (brow[c] * lit + added) * (1 + normal(of_brows));
                sample.brows[c] *= 1 + brow_noise * strange(of_brows);
            }
            samples.push_back(sample);
        }
        return samples;
    }
    Reflection reflection() const { return flash(asked(), seen()); }
    Evidence judged() const { return reflection().evidence; }
    Outcome outcome() const { return judged().outcome; }
};

inline Setting replay(std::array<Bytes, flash_steps> other = {magenta, green, orange, magenta, sky, orange}) {
    return {.shows = other};
}

} // namespace kaomon::liveness
