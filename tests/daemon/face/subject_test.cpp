#include "daemon/face/subject_cv.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace kaomon::face {
namespace {

// A square face of that area (pixels squared) with its middle at `x` of 640.
Detection face(float x, float area, float score = 0.9F) {
    const float half = std::sqrt(area) / 2;
    return {.box = {x - half, 240 - half, x + half, 240 + half}, .score = score};
}

std::string chosen(const std::vector<Detection>& faces) {
    const auto subject = subject_among(faces, 640);
    if (!subject)
        return std::string(word(subject.error().reason));
    return std::to_string(std::lround((subject->face.box.left + subject->face.box.right) / 2));
}

TEST(Subject, AloneOrNobody) {
    EXPECT_EQ(chosen({}), "no_face");
    EXPECT_EQ(chosen({face(100, 5000)}), "100");
    EXPECT_EQ(subject_among(std::vector{face(100, 5000)}, 640)->single_face, 1);
}

TEST(Subject, TheNearestWhenTheOtherIsClearlyFarther) {
    EXPECT_EQ(chosen({face(200, 10'000), face(320, 3900)}), "200");
    EXPECT_EQ(chosen({face(320, 3900), face(200, 10'000)}), "200") << "in whatever order they come";
    EXPECT_EQ(chosen({face(200, 10'000), face(320, 4100)}), "several_faces");
    EXPECT_NEAR(subject_among(std::vector{face(320, 10'000), face(100, 2500)}, 640)->single_face, 0.75F,
                1e-3);
}

TEST(Subject, TheNearerAndMoreCentralOne) {
    EXPECT_EQ(chosen({face(320, 10'000), face(460, 6900)}), "320"); // 140 pixels, 0.22 of the width
    EXPECT_EQ(chosen({face(320, 10'000), face(430, 6900)}), "several_faces") << "not clearly aside";
    EXPECT_EQ(chosen({face(320, 10'000), face(600, 7100)}), "several_faces") << "not farther away";
    EXPECT_EQ(chosen({face(460, 10'000), face(320, 6900)}), "several_faces") << "the nearer one is aside";
}

TEST(Subject, EachOfManyCounts) {
    EXPECT_EQ(chosen({face(320, 10'000), face(100, 2000), face(600, 2000), face(500, 1000)}), "320");
    EXPECT_EQ(chosen({face(320, 10'000), face(100, 2000), face(350, 9000)}), "several_faces");
}

TEST(Subject, WhatTheDetectorDoubtsIsNobody) {
    EXPECT_EQ(chosen({face(320, 10'000), face(100, 9000, 0.6F)}), "320");
    EXPECT_EQ(chosen({face(320, 10'000), face(100, 9000, 0.61F)}), "several_faces");
    EXPECT_EQ(chosen({face(320, 10'000), face(100, 12'000, 0.6F)}), "320") << "nor a patient";
    EXPECT_EQ(chosen({face(320, 10'000), face(100, 12'000, 0.61F)}), "several_faces");
    EXPECT_EQ(chosen({face(320, 10'000), face(310, 9000), face(100, 12'000, 0.6F)}), "several_faces");
}

TEST(Subject, APatientWhomTheDetectorDoubtsIsStillNearerThanAFarOne) {
    EXPECT_EQ(chosen({face(320, 10'000, 0.55F), face(310, 3900)}), "320");
    EXPECT_EQ(chosen({face(320, 10'000, 0.55F), face(310, 4100)}), "310");
    EXPECT_EQ(chosen({face(320, 10'000, 0.55F), face(100, 9000, 0.55F)}), "320");
}

} // namespace
} // namespace kaomon::face
