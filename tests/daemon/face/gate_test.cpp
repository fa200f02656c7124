#include "daemon/face/gate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

namespace kaomon::face {
namespace {

constexpr int width = 640, height = 480;

// A face of 200 x 260 pixels in the middle of the picture with good values.
Observation good() {
    Observation face;
    for (std::size_t i = 0; i < face.mesh.size(); ++i) {
        const auto part = static_cast<float>(i) / static_cast<float>(face.mesh.size() - 1);
        face.mesh[i] = {220 + 200 * part, 110 + 260 * part, 0};
    }
    face.quality = {.yaw = 2,
                    .pitch = -3,
                    .roll = 1,
                    .eyes_open = 0.08F,
                    .eyes_dark = 0.7F,
                    .mouth_covered = 0.02F,
                    .inter_eye_distance = 90,
                    .luminance_mean = 130,
                    .luminance_deviation = 40,
                    .background_luminance = 90,
                    .sharpness = 400,
                    .face_flag = 0.99F};
    return face;
}

std::optional<Reason> with(const std::function<void(Observation&)>& change) {
    Observation face = good();
    change(face);
    return gate(face, width, height, {});
}

TEST(Gate, LetsAGoodViewPass) {
    EXPECT_EQ(gate(good(), width, height, {}), std::nullopt);
}

TEST(Gate, NamesWhatIsWrong) {
    EXPECT_EQ(with([](auto& f) { f.quality.face_flag = 0.2F; }), Reason::no_face);
    EXPECT_EQ(with([](auto& f) { f.quality.inter_eye_distance = 35; }), Reason::face_too_far);
    EXPECT_EQ(with([](auto& f) { f.quality.luminance_mean = 20; }), Reason::face_too_dark);
    EXPECT_EQ(with([](auto& f) { f.quality.luminance_mean = 240; }), Reason::face_too_bright);
    EXPECT_EQ(with([](auto& f) { f.quality.sharpness = 5; }), Reason::face_blurred);
    EXPECT_EQ(with([](auto& f) { f.quality.eyes_open = 0.02F; }), Reason::face_eyes_closed);
    EXPECT_EQ(with([](auto& f) { f.quality.mouth_covered = 0.2F; }), Reason::face_mouth_covered);
    EXPECT_EQ(with([](auto& f) { f.quality.eyes_dark = 0.2F; }), Reason::face_eyes_covered);
    EXPECT_EQ(with([](auto& f) { f.quality.eyes_glare = 0.2F; }), Reason::face_glasses_glare);
    for (const float angle : {-35.F, 35.F}) {
        EXPECT_EQ(with([&](auto& f) { f.quality.yaw = angle; }), Reason::face_turned);
        EXPECT_EQ(with([&](auto& f) { f.quality.pitch = angle; }), Reason::face_turned);
        EXPECT_EQ(with([&](auto& f) { f.quality.roll = angle; }), Reason::face_turned);
    }
}

TEST(Gate, FogIsToldByTheEndOfTheScaleItLiesAt) {
    EXPECT_EQ(with([](auto& f) {
                  f.quality.luminance_deviation = 5;
                  f.quality.luminance_mean = 80;
              }),
              Reason::face_too_dark);
    EXPECT_EQ(with([](auto& f) {
                  f.quality.luminance_deviation = 5;
                  f.quality.luminance_mean = 200;
              }),
              Reason::face_too_bright);
}

TEST(Gate, ADarkFaceBeforeAWindowIsBacklit) {
    const auto dark_before = [](float background) {
        return with([=](auto& f) {
            f.quality.luminance_mean = 30;
            f.quality.background_luminance = background;
        });
    };
    EXPECT_EQ(dark_before(40), Reason::face_too_dark);
    EXPECT_EQ(dark_before(200), Reason::face_backlit);
    EXPECT_EQ(with([](auto& f) { f.quality.background_luminance = 250; }), std::nullopt)
        << "a face that is well lit may have any background";
}

TEST(Gate, WhatMayNotBeMendableIsAdvice) {
    for (const Reason advice : {Reason::face_eyes_closed, Reason::face_eyes_covered,
                                Reason::face_glasses_glare, Reason::face_mouth_covered})
        EXPECT_FALSE(forbids(advice)) << word(advice);
    for (const Reason fault : {Reason::no_face, Reason::face_too_far, Reason::face_turned,
                               Reason::face_blurred, Reason::face_backlit, Reason::face_off_centre})
        EXPECT_TRUE(forbids(fault)) << word(fault);
    // and stands behind what is to be mended first
    EXPECT_EQ(with([](auto& f) {
                  f.quality.eyes_open = 0;
                  f.quality.sharpness = 1;
              }),
              Reason::face_blurred);
}

TEST(Gate, AFaceAtTheBorderIsOffCentreAndOneOverBothBordersTooNear) {
    EXPECT_EQ(with([](auto& f) { f.mesh[7].x = -1; }), Reason::face_off_centre);
    EXPECT_EQ(with([](auto& f) { f.mesh[7].x = 640; }), Reason::face_off_centre);
    EXPECT_EQ(with([](auto& f) { f.mesh[7].y = -1; }), Reason::face_off_centre);
    EXPECT_EQ(with([](auto& f) { f.mesh[7].y = 480; }), Reason::face_off_centre);
    EXPECT_EQ(with([](auto& f) {
                  f.mesh[7].y = -20;
                  f.mesh[8].y = 500;
              }),
              Reason::face_too_near);
}

TEST(Gate, ALimitItselfPassesAndTheNextNumberDoesNot) {
    struct Limit {
        float Quality::* value;
        float limit, outward;
        Reason reason;
    };
    constexpr Gate limits;
    constexpr float up = std::numeric_limits<float>::infinity(), down = -up;
    for (const Limit& one :
         {Limit{&Quality::face_flag, limits.min_face_flag, down, Reason::no_face},
          {&Quality::inter_eye_distance, limits.min_inter_eye_distance, down, Reason::face_too_far},
          {&Quality::luminance_mean, limits.min_luminance, down, Reason::face_too_dark},
          {&Quality::luminance_mean, limits.max_luminance, up, Reason::face_too_bright},
          {&Quality::luminance_deviation, limits.min_contrast, down, Reason::face_too_bright},
          {&Quality::yaw, limits.max_yaw, up, Reason::face_turned},
          {&Quality::yaw, -limits.max_yaw, down, Reason::face_turned},
          {&Quality::pitch, limits.max_pitch, up, Reason::face_turned},
          {&Quality::roll, limits.max_roll, up, Reason::face_turned},
          {&Quality::sharpness, limits.min_sharpness, down, Reason::face_blurred},
          {&Quality::mouth_covered, limits.max_mouth_covered, up, Reason::face_mouth_covered},
          {&Quality::eyes_dark, limits.min_eyes_dark, down, Reason::face_eyes_covered},
          {&Quality::eyes_glare, limits.max_eyes_glare, up, Reason::face_glasses_glare},
          {&Quality::eyes_open, limits.min_eyes_open, down, Reason::face_eyes_closed}}) {
        EXPECT_EQ(with([&](auto& f) { f.quality.*one.value = one.limit; }), std::nullopt) << word(one.reason);
        EXPECT_EQ(with([&](auto& f) { f.quality.*one.value = std::nextafter(one.limit, one.outward); }),
                  one.reason);
    }
    const auto in_fog = [](float luminance) {
        return with([=](auto& f) {
            f.quality.luminance_deviation = 5;
            f.quality.luminance_mean = luminance;
            f.quality.background_luminance = luminance + Gate{}.backlight;
        });
    };
    EXPECT_EQ(in_fog(127), Reason::face_too_dark) << "no brighter a background than what counts as a window";
    EXPECT_EQ(in_fog(128), Reason::face_too_bright);
    const auto corners = [](Point first, Point last) {
        return with([&](auto& f) {
            f.mesh[7] = {first.x, first.y, 0};
            f.mesh[8] = {last.x, last.y, 0};
        });
    };
    EXPECT_EQ(corners({0, 0}, {639, 479}), std::nullopt) << "the whole picture";
    EXPECT_EQ(corners({0, 1}, {640, 300}), Reason::face_too_near);
    EXPECT_EQ(corners({1, 0}, {300, 480}), Reason::face_too_near);
}

TEST(Gate, MostHelpfulFirst) {
    // far, dark, turned and blurred: come nearer first
    EXPECT_EQ(with([](auto& f) {
                  f.quality = {.yaw = 50,
                               .inter_eye_distance = 20,
                               .luminance_mean = 5,
                               .luminance_deviation = 1,
                               .sharpness = 1,
                               .face_flag = 0.9F};
              }),
              Reason::face_too_far);
}

TEST(Gate, WhatIsNoNumberDoesNotPass) {
    constexpr float nan = std::numeric_limits<float>::quiet_NaN();
    for (float Quality::* member :
         {&Quality::inter_eye_distance, &Quality::yaw, &Quality::pitch, &Quality::roll,
          &Quality::luminance_mean, &Quality::luminance_deviation, &Quality::sharpness, &Quality::face_flag,
          &Quality::eyes_open, &Quality::eyes_dark, &Quality::eyes_glare}) {
        EXPECT_TRUE(with([&](auto& f) { f.quality.*member = nan; }));
    }
    EXPECT_TRUE(with([&](auto& f) { f.mesh[100].x = nan; }));
}

TEST(Gate, LimitsAreTheCallers) {
    Gate limits;
    limits.min_inter_eye_distance = 100;
    EXPECT_EQ(gate(good(), width, height, limits), Reason::face_too_far);
}

} // namespace
} // namespace kaomon::face
