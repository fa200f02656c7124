// A made-up camera before a made-up scene, and the detector of its feed.
#pragma once

#include "daemon/liveness/feed.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <vector>

namespace kaomon::liveness {

inline constexpr int width = 160, height = 120;
inline constexpr int frame_ms = 33;

// Normally distributed, deviation 1.
inline const std::vector<double>& table() {
    static const std::vector<double> samples = [] {
        std::vector<double> made(4096);
        std::mt19937 random(1);
        std::normal_distribution<double> normal;
        for (double& sample : made)
            sample = normal(random);
        return made;
    }();
    return samples;
}

// A made-up camera: a patterned wall, a bright oval that sways before it as a person does (two
// incommensurable periods), exposure, and sensor noise that is never the same twice.
struct Scene {
    double pattern = 0;  // which wall
    double exposure = 1; // factor
    double flicker = 0;  // depth of the bands that mains light draws, 0..1
    double noise = 2;    // standard deviation, grey levels
    double aside = 0;    // the oval, pixels to the right
    double sway = 1;     // factor on all movement
    bool colour = true;
    std::uint32_t random = 1; // fixed: every run sees the same noise

    Image at(double frame) {
        Image picture{.width = width, .height = height, .channels = colour ? 3 : 1, .pixels = {}};
        picture.pixels.resize(picture.stride() * height);
        const auto grain = [this] { // from a table: a hundred million draws would take the test's time
            random = random * 1664525 + 1013904223; // Numerical Recipes' generator
            return noise * table()[random >> 20];
        };
        const double t = frame * frame_ms / 1000.0;
        const double cx = 80 + aside + sway * (4 * std::sin(2.1 * t) + 2 * std::sin(5.3 * t + 1));
        const double cy = 60 + sway * (2 * std::sin(1.3 * t + 2) + std::sin(3.7 * t));
        auto* out = picture.pixels.data();
        for (int y = 0; y < height; ++y) {
            const double band = 1 + flicker * std::sin(2 * std::numbers::pi * (y / 90.0 + frame * 10 / 3));
            for (int x = 0; x < width; ++x) {
                const bool face = std::hypot((x - cx) / 30, (y - cy) / 40) < 1;
                const double eyes = std::hypot(std::abs(x - cx) - 12, y - cy + 8) < 5 ? -90 : 0;
                const double wall =
                    90 + 40 * std::sin(x * 0.13 + pattern) + 25 * std::cos(y * 0.11 - pattern * 2);
                const double level = (face ? 175 + eyes - 0.3 * (x - cx) : wall) * exposure * band + grain();
                for (int c = 0; c < picture.channels; ++c) {
                    *out++ = static_cast<std::uint8_t>(std::clamp(level - 10.0 * c, 0.0, 255.0));
                }
            }
        }
        return picture;
    }
};

struct Player {
    Feed feed;
    std::uint64_t sequence = 0;
    Instant now{};

    void show(const Image& picture, std::uint64_t steps = 1) {
        sequence += steps;
        now += Milliseconds(frame_ms * steps);
        feed.add_frame(picture, now, sequence);
    }
    Outcome operator[](Kind kind) const {
        for (const Evidence& one : feed.evidence()) {
            if (one.kind == kind)
                return one.outcome;
        }
        return Outcome::not_assessed;
    }
    void expect_all(Outcome outcome, const char* what) const {
        ASSERT_EQ(feed.evidence().size(), 4U);
        for (const Evidence& one : feed.evidence()) {
            EXPECT_EQ(one.outcome, outcome) << what << ": " << word(one.kind) << ", margin " << one.margin;
        }
    }
};

} // namespace kaomon::liveness
