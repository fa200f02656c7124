// Templates made up for tests: directions in a plane of the 128 dimensions.
#pragma once

#include "daemon/match/population.hpp"

#include <cmath>
#include <numbers>
#include <random>

namespace kaomon::match {

// Two of these have the cosine of the difference of their angles.
inline face::Template at_angle(double degrees, float norm = 12) {
    face::Template made;
    const double radians = degrees * std::numbers::pi / 180;
    made.get().unit[3] = static_cast<float>(std::cos(radians));
    made.get().unit[77] = static_cast<float>(std::sin(radians));
    made.get().norm = norm;
    return made;
}

// Directions without a pattern, all of length 1: no one's faces.
inline std::vector<face::Template> scattered(std::size_t count, unsigned seed = 1) {
    std::mt19937 random(seed);
    std::vector<face::Template> made(count);
    for (auto& one : made) {
        auto& unit = one.get().unit;
        double squares = 0;
        for (std::size_t i = 0; i < unit.size(); ++i) { // more of the first directions, and off the origin
            const double value = static_cast<double>(random()) / 4294967296.0 - 0.4;
            unit[i] = static_cast<float>(value / (1 + static_cast<double>(i) / 20));
            squares += static_cast<double>(unit[i]) * static_cast<double>(unit[i]);
        }
        for (float& value : unit)
            value = static_cast<float>(value / std::sqrt(squares));
        one.get().norm = 12;
    }
    return made;
}

inline Provenance provenance() {
    return {.images = 0,
            .groups = {},
            .source = "made up for a test",
            .date = "2026-11-25",
            .model = std::string(64, 'a')};
}

} // namespace kaomon::match
