// The measures on the demo photographs, and on what can be done to them with a brush.
#include "daemon/face/quality.hpp"
#include "tests/daemon/face/demo_people.hpp"

#include <array>
#include <vector>

namespace kaomon::face {
namespace {

using Colour = std::array<std::uint8_t, 3>;

struct View {
    Image frame;
    Observation face;
};

void fill(Image& frame, const std::vector<Point>& outline, const Colour& colour) {
    for (int y = 0; y < frame.height; ++y) {
        for (int x = 0; x < frame.width; ++x) {
            bool inside = false; // by the number of edges to the left
            for (std::size_t i = 0, j = outline.size() - 1; i < outline.size(); j = i++) {
                const Point &a = outline[i], &b = outline[j];
                const auto row = static_cast<float>(y);
                if ((a.y > row) != (b.y > row) &&
                    a.x + (row - a.y) / (b.y - a.y) * (b.x - a.x) < static_cast<float>(x))
                    inside = !inside;
            }
            if (inside)
                std::copy(colour.begin(), colour.end(),
                          frame.pixels.begin() + static_cast<std::ptrdiff_t>(y * frame.width + x) * 3);
        }
    }
}

// Over mouth, chin and cheeks, up to the bridge of the nose.
void put_on_mask(View& view, const Colour& colour) {
    std::vector<Point> outline;
    for (const std::size_t i : {234U, 93U,  132U, 58U,  172U, 136U, 150U, 149U, 176U, 148U, 152U, 377U,
                                400U, 378U, 379U, 365U, 397U, 288U, 361U, 323U, 454U, 345U, 195U, 116U})
        outline.push_back({view.face.mesh[i].x, view.face.mesh[i].y});
    fill(view.frame, outline, colour);
}

// On both eyes: a rectangle of that size in eye distances, moved by (dx, dy) of them.
void put_on_eyes(View& view, float width, float height, float dx, float dy, const Colour& colour) {
    const float unit = view.face.quality.inter_eye_distance;
    for (const Point eye : {view.face.five[0], view.face.five[1]}) {
        const float x = eye.x + dx * unit, y = eye.y + dy * unit, w = width * unit / 2, h = height * unit / 2;
        fill(view.frame, {{x - w, y - h}, {x + w, y - h}, {x + w, y + h}, {x - w, y + h}}, colour);
    }
}

class QualityTest : public DemoPeople {
  protected:
    static View view(const std::string& who) {
        View seen{placed(sitters[who], 320, 220, 70), {}};
        seen.face = *pipeline->observe(seen.frame);
        return seen;
    }
    static Quality again(const Image& frame) {
        const auto face = pipeline->observe(frame);
        EXPECT_TRUE(face) << word(face.error().reason);
        return face ? face->quality : Quality{};
    }
    static std::optional<Reason> judged(const Image& frame) {
        const auto face = pipeline->observe(frame);
        return face ? gate(*face, frame.width, frame.height, {}) : std::optional(face.error().reason);
    }
};

TEST_F(QualityTest, OfGoodViews) {
    for (const auto& [who, sitter] : sitters) {
        const View seen = view(who);
        const Quality& q = seen.face.quality;
        EXPECT_EQ(gate(seen.face, 640, 480, {}), std::nullopt) << who;
        EXPECT_EQ(q.single_face, 1);
        EXPECT_NEAR(q.inter_eye_distance, 70, 4) << who;
        EXPECT_NEAR(q.head_size, 0.26, 0.04) << who; // 125 pixels of 480
        EXPECT_GT(q.eyes_open, 0.05F);
        EXPECT_LT(q.mouth_open, 0.25F);
        EXPECT_GT(q.eyes_dark, 0.5F);
        EXPECT_LT(q.eyes_glare, 0.01F);
        EXPECT_LT(q.mouth_covered, 0.08F);
        EXPECT_GT(q.illumination_uniformity, 0.4F);
        EXPECT_LT(q.under_exposed + q.over_exposed, 0.1F);
        EXPECT_GT(q.dynamic_range, 6);
        EXPECT_GT(q.face_flag, 0.9F);
    }
}

TEST_F(QualityTest, AMaskIsAskedToBeLowered) {
    for (const auto& [who, sitter] : sitters) {
        for (const Colour& colour : {Colour{235, 235, 235}, {150, 190, 220}, {25, 25, 28}, {130, 130, 130}}) {
            View masked = view(who);
            put_on_mask(masked, colour);
            EXPECT_EQ(judged(masked.frame), Reason::face_mouth_covered) << who << " " << int{colour[0]};
        }
    }
}

TEST_F(QualityTest, SunglassesAndGlareAreSeen) {
    for (const auto& [who, sitter] : sitters) {
        View shaded = view(who);
        put_on_eyes(shaded, 0.82F, 0.6F, 0, 0.04F, {18, 18, 20});
        EXPECT_EQ(judged(shaded.frame), Reason::face_eyes_covered) << who;
        View shining = view(who);
        put_on_eyes(shining, 0.22F, 0.12F, 0.08F, -0.03F, {255, 255, 255});
        EXPECT_EQ(judged(shining.frame), Reason::face_glasses_glare) << who;
    }
}

TEST_F(QualityTest, WhatMovedAsideIsNotSharp) {
    for (const auto& [who, sitter] : sitters) {
        const Image still = view(who).frame;
        Image moved = still;
        for (int y = 0; y < still.height; ++y) {
            for (int x = 8; x < still.width - 8; ++x) {
                for (int channel = 0; channel < 3; ++channel) {
                    int sum = 0;
                    for (int dx = -8; dx <= 8; ++dx) // 17 pixels: a quarter of the eye distance
                        sum +=
                            still.pixels[static_cast<std::size_t>((y * still.width + x + dx) * 3 + channel)];
                    moved.pixels[static_cast<std::size_t>((y * still.width + x) * 3 + channel)] =
                        static_cast<std::uint8_t>(sum / 17);
                }
            }
        }
        EXPECT_GT(again(still).sharpness, 10 * again(moved).sharpness) << who;
        EXPECT_EQ(judged(moved), Reason::face_blurred) << who;
    }
}

TEST_F(QualityTest, LightFromOneSideIsUneven) {
    View seen = view("obama");
    const int middle = static_cast<int>(seen.face.five[2].x);
    for (int y = 0; y < seen.frame.height; ++y) {
        for (int i = 0; i < middle * 3; ++i) {
            auto& value = seen.frame.pixels[static_cast<std::size_t>(y * seen.frame.width * 3 + i)];
            value = static_cast<std::uint8_t>(value / 3);
        }
    }
    EXPECT_LT(again(seen.frame).illumination_uniformity, 0.3F);
    EXPECT_GT(seen.face.quality.illumination_uniformity, 0.4F);
}

TEST_F(QualityTest, ADarkFaceBeforeABrightWall) {
    View seen = view("biden");
    const float half = 0.95F * seen.face.quality.inter_eye_distance; // of the head's width
    for (int y = 0; y < seen.frame.height; ++y) {
        for (int x = 0; x < seen.frame.width; ++x) {
            const bool wall = std::abs(static_cast<float>(x) - seen.face.five[2].x) > half;
            for (int channel = 0; channel < 3; ++channel) {
                auto& value =
                    seen.frame.pixels[static_cast<std::size_t>((y * seen.frame.width + x) * 3 + channel)];
                value = wall ? std::uint8_t{220} : static_cast<std::uint8_t>(value / 3);
            }
        }
    }
    EXPECT_EQ(judged(seen.frame), Reason::face_backlit);
}

} // namespace
} // namespace kaomon::face
