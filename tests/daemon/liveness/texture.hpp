// A made-up face crop: smooth random texture, seen through any map.
#pragma once

#include "daemon/liveness/face_crop.hpp"
#include "daemon/liveness/homography.hpp"

#include <cmath>

namespace kaomon::liveness {

inline SecretVector<face::Point> outline() {
    return {{20, 20}, {108, 20}, {108, 140}, {20, 140}};
}

// Grey level at a place of an endless wall.
inline float wall(float x, float y) {
    const auto knot = [](int column, int row) { // 0..255, of no pattern
        auto state =
            static_cast<std::uint32_t>(column) * 73856093U ^ static_cast<std::uint32_t>(row) * 19349663U;
        state ^= state >> 13, state *= 0x5bd1e995, state ^= state >> 15;
        return static_cast<float>(state & 0xff);
    };
    constexpr float cell = 5;
    const float u = x / cell, v = y / cell;
    const int column = static_cast<int>(std::floor(u)), row = static_cast<int>(std::floor(v));
    const auto ease = [](float t) { return t * t * (3 - 2 * t); };
    const float right = ease(u - static_cast<float>(column)), lower = ease(v - static_cast<float>(row));
    const float top = knot(column, row) + right * (knot(column + 1, row) - knot(column, row));
    const float bottom = knot(column, row + 1) + right * (knot(column + 1, row + 1) - knot(column, row + 1));
    return top + lower * (bottom - top);
}

// `from`: where on the wall a pixel of the crop looks. `brighter`: grey levels added.
template<class From>
FaceCrop textured(From from, float brighter = 0) {
    Grey grey{FaceCrop::width, FaceCrop::height, {}};
    for (int y = 0; y < grey.height; ++y) {
        for (int x = 0; x < grey.width; ++x) {
            const face::Point at = from(static_cast<float>(x), static_cast<float>(y));
            grey.levels.push_back(wall(at.x, at.y) * 0.8F + brighter);
        }
    }
    FaceCrop crop = crop_of(std::move(grey), outline());
    crop.eyes = {face::Point{40, 62}, face::Point{88, 62}};
    return crop;
}

// By iteration; for maps near the identity.
inline face::Point inverse(const Homography& map, face::Point to) {
    face::Point at = to;
    for (int i = 0; i < 30; ++i) {
        const face::Point there = map(at);
        at = {at.x + to.x - there.x, at.y + to.y - there.y};
    }
    return at;
}

} // namespace kaomon::liveness
