// A made-up face with depth, turned and nodding, in a crop: a smooth bowl and a nose on it.
#pragma once

#include "daemon/liveness/relief.hpp"
#include "tests/daemon/liveness/texture.hpp"

#include <cmath>
#include <random>

namespace kaomon::liveness {

struct MadeUp {
    float yaw = 0, pitch = 0; // degrees, as in face/pose.hpp
    bool flat = false;
    float noise = 2, gain = 1, bend = 0; // levels; of the light; of a sheet, per eye distance
    unsigned seed = 1;
    bool mirrored = false;
};

// Eye distances towards the camera at a place of the crop.
inline float depth_at(float x, float y) {
    const float u = (x - 64) / 48, v = (y - 86) / 48;
    const auto bump = [](float a, float b, float wide) {
        return std::exp(-(a * a + b * b) / (2 * wide * wide));
    };
    return 0.5F - 0.4F * (u * u + v * v) + 0.4F * bump(u, v - 0.1F, 0.18F) -
           0.12F * bump(u - 0.5F, v + 0.5F, 0.2F) - 0.12F * bump(u + 0.5F, v + 0.5F, 0.2F);
}

inline face::Observation made_up_face(const MadeUp& how) {
    face::Observation face;
    face.five = {face::Point{40, 62}, face::Point{88, 62}, face::Point{64, 90}, face::Point{48, 115},
                 face::Point{80, 115}};
    std::mt19937 random(7);
    for (auto& point : face.mesh) { // a mesh sees depth in every picture
        point.x = 20 + 88 * static_cast<float>(random() % 1000) / 1000;
        point.y = 20 + 120 * static_cast<float>(random() % 1000) / 1000;
        point.z = -48 * depth_at(how.mirrored ? 128 - point.x : point.x, point.y);
    }
    face.quality.yaw = how.yaw, face.quality.pitch = how.pitch;
    return face;
}

inline FaceCrop made_up_crop(const MadeUp& how) {
    constexpr float degree = 0.01745F;
    FaceCrop crop = textured([&](float x, float y) {
        if (how.mirrored)
            x = 128 - x;
        const float u = (x - 64) / 48;
        const float depth = how.flat ? -how.bend * u * u : depth_at(x, y);
        const float side = how.mirrored ? -how.yaw : how.yaw;
        // where this pixel was before the turn; a plane is foreshortened besides
        const float flat = how.flat ? (x - 64) * (1 - std::cos(side * degree)) : 0;
        return face::Point{x - 48 * depth * std::sin(side * degree) + flat,
                           y + 48 * depth * std::sin(how.pitch * degree)};
    });
    std::mt19937 random(how.seed);
    std::normal_distribution<float> noise(0, how.noise);
    Grey grey = crop.pyramid.front();
    for (float& level : grey.levels)
        level = std::clamp(how.gain * level + noise(random), 0.F, 255.F);
    FaceCrop made = crop_of(std::move(grey), outline());
    made.eyes = crop.eyes;
    return made;
}

inline std::optional<ReliefShift> shift_between(const MadeUp& before, const MadeUp& after) {
    const ReliefView view = relief_view(made_up_crop(before), made_up_face(before), Instant{});
    MadeUp later = after;
    later.seed = before.seed + 1;
    return relief_shift(view, made_up_crop(later), made_up_face(later));
}

} // namespace kaomon::liveness
