// A person before the camera, made of the demo photographs at chosen places and distances.
#include "daemon/face/stream.hpp"
#include "daemon/match/comparison.hpp"
#include "tests/daemon/face/demo_people.hpp"

namespace kaomon::face {
namespace {

class StreamTest : public DemoPeople {
  protected:
    static Image obama(double x = 320, double y = 220, double between = 70) {
        return placed(sitters["obama"], x, y, between);
    }
    // Two people side by side, their eyes `first` and `second` pixels apart.
    static Image two(double first, double second, double second_x = 480) {
        Image frame = placed(sitters["obama"], 160, 220, first);
        paste(frame, placed(sitters["biden"], second_x, 220, second), 320);
        return frame;
    }

    // At 30 frames a second.
    Result<Observation> next(const Image& frame) {
        return stream.look(frame, Instant(Milliseconds(33 * ++frames)));
    }
    std::string judged(const Image& frame) {
        const auto face = next(frame);
        if (!face)
            return std::string(word(face.error().reason));
        const auto fault = gate(*face, frame.width, frame.height, {});
        return fault ? std::string(word(*fault)) : "good";
    }
    static Template view(const Image& frame, const Observation& face) {
        return *pipeline->embed(frame, face);
    }

    Stream stream{*pipeline};
    int frames = 0;
};

// Mean distance of the meshes' points, in eye distances.
double apart(const Observation& a, const Observation& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.mesh.size(); ++i)
        sum += std::hypot(a.mesh[i].x - b.mesh[i].x, a.mesh[i].y - b.mesh[i].y);
    return sum / static_cast<double>(a.mesh.size()) / static_cast<double>(a.quality.inter_eye_distance);
}

TEST_F(StreamTest, FollowsAMovingFaceAndTheDetectorRests) {
    double farthest = 0;
    float least_alike = 1;
    for (int i = 0; i < 31; ++i) { // one second
        const double t = 0.15 * i;
        const Image frame =
            obama(320 + 60 * std::sin(t), 230 + 25 * std::cos(1.3 * t), 70 + 15 * std::sin(0.7 * t));
        const auto followed = next(frame);
        ASSERT_TRUE(followed) << i;
        EXPECT_EQ(followed->track, 1U);
        if (i % 6 == 3) {
            const auto fresh = pipeline->observe(frame);
            ASSERT_TRUE(fresh);
            farthest = std::max(farthest, apart(*followed, *fresh));
            least_alike = std::min(least_alike, match::compare(view(frame, *followed), view(frame, *fresh)));
            EXPECT_NEAR(followed->box.left, fresh->box.left, 0.2 * fresh->box.width());
            EXPECT_NEAR(followed->box.bottom, fresh->box.bottom, 0.2 * fresh->box.width());
        }
    }
    EXPECT_LE(stream.detections(), 6U); // the first, then one each 200 ms
    // Followed and freshly detected agree: 0.035 of the eye distance and 0.973 were the worst of 40 such
    // frames (0.078 and 0.955 of the worst of four photographs).
    EXPECT_LT(farthest, 0.06);
    EXPECT_GT(least_alike, 0.96F);
}

TEST_F(StreamTest, AFaceElsewhereIsANewTrack) {
    EXPECT_EQ(next(obama(200))->track, 1U);
    EXPECT_EQ(next(obama(210))->track, 1U);
    const auto jumped = next(obama(450)); // found again within the same frame
    ASSERT_TRUE(jumped);
    EXPECT_EQ(jumped->track, 2U);
    EXPECT_NEAR((jumped->five[0].x + jumped->five[1].x) / 2, 450, 5);
}

TEST_F(StreamTest, WhoComesBackIsANewTrack) {
    Image empty = obama();
    std::fill(empty.pixels.begin(), empty.pixels.end(), std::uint8_t{90});
    EXPECT_EQ(next(obama())->track, 1U);
    EXPECT_EQ(next(empty).error().reason, Reason::no_face);
    EXPECT_EQ(next(obama())->track, 2U);
}

TEST_F(StreamTest, AfterAPauseTheDetectorLooksFirst) {
    ASSERT_TRUE(next(obama()));
    frames += 20; // 660 ms
    const auto after = next(obama());
    ASSERT_TRUE(after);
    EXPECT_EQ(after->track, 2U) << "somebody else may have sat down";
    EXPECT_EQ(stream.detections(), 2U);
}

TEST_F(StreamTest, ASecondPersonIsSeenWithin200Milliseconds) {
    for (int i = 0; i < 5; ++i)
        ASSERT_TRUE(next(placed(sitters["obama"], 160, 220, 60)));
    int seen_after = 0;
    while (next(two(60, 60)) && seen_after < 20)
        ++seen_after;
    EXPECT_LE(seen_after, 6);
    EXPECT_EQ(next(two(60, 60)).error().reason, Reason::several_faces);
    // the other one leaves: believed after a second; a new track, for who is left is not known
    int unbelieved = 0;
    auto alone = next(placed(sitters["obama"], 160, 220, 60));
    for (; !alone && unbelieved < 60; ++unbelieved) {
        EXPECT_EQ(alone.error().reason, Reason::several_faces);
        alone = next(placed(sitters["obama"], 160, 220, 60));
    }
    ASSERT_TRUE(alone);
    EXPECT_EQ(alone->track, 2U);
    EXPECT_NEAR(unbelieved, 30, 2) << "frames of a second";
}

TEST_F(StreamTest, WhoWaitsBehindIsABystander) {
    std::optional<Observation> patient;
    for (int i = 0; i < 8; ++i) {
        const auto face = next(two(70, 38));
        ASSERT_TRUE(face) << word(face.error().reason);
        patient = *face;
    }
    EXPECT_LT(patient->box.right, 330);
    EXPECT_LT(patient->quality.single_face, 0.9F);
    EXPECT_GT(patient->quality.single_face, 0.5F);
    EXPECT_EQ(patient->track, 1U);
}

TEST_F(StreamTest, WhoStepsInFrontIsTheNextPatient) {
    for (int i = 0; i < 4; ++i)
        ASSERT_TRUE(next(two(38, 38)).error().reason == Reason::several_faces);
    for (int i = 0; i < 30; ++i) // two until one was gone for a second
        next(placed(sitters["obama"], 160, 220, 38));
    for (int i = 0; i < 4; ++i)
        ASSERT_EQ(next(placed(sitters["obama"], 160, 220, 38))->track, 1U);
    std::optional<Observation> nearest;
    for (int i = 0; i < 8; ++i)
        nearest = *next(two(38, 75));
    EXPECT_GT(nearest->box.left, 310);
    EXPECT_EQ(nearest->track, 2U);
}

// A child, or somebody in a wheelchair: in the lower third, in the middle or aside.
TEST_F(StreamTest, LowInThePictureIsFoundAndGuided) {
    for (const auto& [who, x] : {std::pair{"obama", 150.0}, {"obama2", 320.0}, {"biden", 480.0}}) {
        const auto low = [name = who, where = x](double y, double between) {
            return placed(sitters[name], where, y, between);
        };
        for (int i = 0; i < 6 && !next(low(400, 28)); ++i)
            ; // one part of the picture for each frame
        EXPECT_EQ(judged(low(400, 28)), "face_too_far") << who;
        EXPECT_EQ(judged(low(400, 32)), "face_too_far") << who;
        stream = Stream(*pipeline);
        EXPECT_EQ(judged(low(385, 45)), "good") << who;
        stream = Stream(*pipeline);
        EXPECT_EQ(judged(low(430, 60)), "face_off_centre") << who;
        stream = Stream(*pipeline);
    }
}

TEST_F(StreamTest, NothingToFollowInNoise) {
    Image plain = obama();
    for (std::size_t i = 0; i < plain.pixels.size(); ++i)
        plain.pixels[i] = static_cast<std::uint8_t>(i * 2654435761U >> 13);
    for (int i = 0; i < 8; ++i)
        EXPECT_EQ(next(plain).error().reason, Reason::no_face);
    EXPECT_EQ(next(Image{}).error().reason, Reason::internal_error);
}

// What does not change the person hardly changes the template. The bounds are the worst of four photographs,
// and a little more.
TEST_F(StreamTest, AMirroredShiftedOrRescaledFrameIsTheSamePerson) {
    const auto seen = [](const Image& frame) { return view(frame, *pipeline->observe(frame)); };
    for (const auto& [name, sitter] : sitters) {
        const Image frame = placed(sitter, 320, 220, 70);
        const Template straight = seen(frame);
        Image mirrored = frame;
        for (std::size_t row = 0; row < 480; ++row) {
            for (std::size_t x = 0; x < 640; ++x)
                std::copy_n(frame.pixels.data() + (row * 640 + 639 - x) * 3, 3,
                            mirrored.pixels.data() + (row * 640 + x) * 3);
        }
        EXPECT_GT(match::compare(straight, seen(mirrored)), 0.93F) << name; // 0.953
        for (const auto& [dx, dy] : {std::pair{0.5, 0.5}, {1.0, 0.0}, {3.0, 2.0}, {-5.0, 4.0}, {8.0, -8.0}}) {
            EXPECT_GT(match::compare(straight, seen(placed(sitter, 320 + dx, 220 + dy, 70))), 0.975F) // 0.986
                << name << " by " << dx << ", " << dy;
        }
        for (const double between : {45.0, 56.0, 77.0, 100.0, 120.0}) {
            EXPECT_GT(match::compare(straight, seen(placed(sitter, 320, 220, between))), 0.96F) // 0.976
                << name << " at " << between;
        }
    }
}

} // namespace
} // namespace kaomon::face
