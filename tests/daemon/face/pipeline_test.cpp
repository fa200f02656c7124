// With the real models and photographs. Reference figures: the same aligned faces through
// cv::FaceRecognizerSF on the same file (norms equal to 1e-3, cosine 1.000000), and a measurement of
// the whole chain by a sketch of its own.
#include "daemon/face/pipeline.hpp"
#include "daemon/match/comparison.hpp"
#include "tests/daemon/face/photograph.hpp"

#include <gtest/gtest.h>
#include <opencv2/core/utility.hpp>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <random>

namespace kaomon::face {
namespace {

namespace fs = std::filesystem;
const fs::path models = KAOMON_SOURCE_DIR "/models";

class PipelineTest : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        auto loaded = Pipeline::load(models);
        if (!loaded)
            FAIL() << loaded.error().detail << ": run tools/models/fetch --demo";
        pipeline = std::move(*loaded);
        for (const auto* name : {"obama", "obama2", "obama3", "biden"})
            photographs[name] = photograph(name);
    }
    static void TearDownTestSuite() {
        pipeline.reset();
        photographs.clear();
    }
    void SetUp() override { ASSERT_EQ(photographs.size(), 4U) << "run tools/models/fetch --demo"; }

    static Template view(const Image& picture) {
        const auto face = pipeline->observe(picture);
        EXPECT_TRUE(face) << word(face.error().reason);
        auto found = face ? pipeline->embed(picture, *face) : std::unexpected(face.error());
        EXPECT_TRUE(found) << word(found.error().reason);
        return found.value_or(Template{});
    }

    // Head and shoulders on 240 x 300 grey, as a card carries it. `width`: of the cut, in widths of the
    // face's box.
    static Image card_photo(const Image& picture, double width = 1.3) {
        const Box box = pipeline->observe(picture)->box;
        const double w = width * box.width();
        return cut(picture, (box.left + box.right - w) / 2, (box.top + box.bottom - 1.25 * w) / 2, w,
                   1.25 * w, 240, 300, 1);
    }

    static Reason seen(const Image& picture) {
        const auto face = pipeline->observe(picture);
        return face ? Reason::match : face.error().reason;
    }

    static inline std::unique_ptr<Pipeline> pipeline;
    static inline std::map<std::string, Image> photographs;
};

TEST_F(PipelineTest, CardPhotoAgainstLivePhotographs) {
    const Template card = view(card_photo(photographs["obama"]));
    const Template second = view(photographs["obama2"]);
    const Template third = view(photographs["obama3"]);
    EXPECT_GE(match::compare(card, second), 0.6F);                      // 0.688
    EXPECT_GE(match::compare(card, third), 0.6F);                       // 0.734
    EXPECT_LE(match::compare(card, view(photographs["biden"])), 0.15F); // 0.030
    const std::array both{second, third};
    EXPECT_GE(match::compare(card, match::fuse(both)),
              std::max(match::compare(card, second), match::compare(card, third)));
}

TEST_F(PipelineTest, TheOrderOfColoursIsRedGreenBlue) {
    const Image& right = photographs["obama2"];
    Image swapped = right;
    for (std::size_t i = 0; i < swapped.pixels.size(); i += 3)
        std::swap(swapped.pixels[i], swapped.pixels[i + 2]);
    const auto face = pipeline->observe(right);
    ASSERT_TRUE(face);
    const auto good = pipeline->embed(right, *face);
    const auto bad = pipeline->embed(swapped, *face);
    ASSERT_TRUE(good && bad);
    EXPECT_NEAR(good->get().norm, 14.46, 0.1);
    EXPECT_LT(bad->get().norm, 13.9);
    EXPECT_LT(match::compare(*good, *bad), 0.95F);
    const Template other = view(photographs["obama"]);
    EXPECT_NEAR(match::compare(other, *good), 0.766, 0.01);
    EXPECT_LT(match::compare(other, *bad), 0.70F);
}

TEST_F(PipelineTest, StartsNoThreads) {
    EXPECT_EQ(cv::getNumThreads(), 1);
}

TEST_F(PipelineTest, TemplatesAreUnitLength) {
    const Template one = view(photographs["biden"]);
    EXPECT_NEAR(match::compare(one, one), 1, 1e-5);
    EXPECT_NEAR(one.get().norm, 12.66, 0.1);
}

TEST_F(PipelineTest, GeometryOfAPortrait) {
    const auto face = pipeline->observe(photographs["obama"]);
    ASSERT_TRUE(face);
    EXPECT_GT(face->score, 0.9F);
    EXPECT_LT(face->five[0].x, face->five[1].x); // left before right as seen in the picture
    EXPECT_LT(face->five[3].x, face->five[4].x);
    EXPECT_GT(face->five[2].y, face->five[0].y);
    EXPECT_GT(face->five[3].y, face->five[2].y);
    EXPECT_NEAR(face->quality.inter_eye_distance, 108, 4);
    EXPECT_LT(std::abs(face->quality.yaw), 8);
    EXPECT_LT(std::abs(face->quality.pitch), 8);
    EXPECT_LT(std::abs(face->quality.roll), 5);
    EXPECT_GT(face->quality.face_flag, 0.95F);
    EXPECT_LT(face->mesh[4].z, face->mesh[234].z); // the nose is nearer than the ear
}

TEST_F(PipelineTest, TheSameAtCameraSizeAndInGrey) {
    const Template large = view(photographs["obama"]);
    EXPECT_GT(match::compare(large, view(scaled(photographs["obama"], 455, 568))), 0.9F);
    EXPECT_GT(match::compare(large, view(card_photo(photographs["obama"]))), 0.85F);
}

TEST_F(PipelineTest, ACardPhotoWhoseFaceFillsItIsStillRead) {
    const Template live = view(photographs["obama3"]);
    for (const double width : {0.8, 1.0, 1.6, 2.0}) {
        EXPECT_GT(match::compare(view(card_photo(photographs["obama"], width)), live), 0.5F) << width;
    }
}

TEST_F(PipelineTest, AReferenceIsWhatObserveAndEmbedGive) {
    const Image picture = card_photo(photographs["obama"]);
    const auto reference = pipeline->reference(picture);
    ASSERT_TRUE(reference);
    EXPECT_EQ(reference->view.get().unit, view(picture).get().unit);
    EXPECT_EQ(reference->face.five[2].x, pipeline->observe(picture)->five[2].x);
    EXPECT_EQ(pipeline->reference(Image{}).error().reason, Reason::internal_error);
    Image plain = picture;
    std::ranges::fill(plain.pixels, std::uint8_t{128});
    EXPECT_EQ(pipeline->reference(plain).error().reason, Reason::no_face);
}

TEST_F(PipelineTest, AReferenceWhoseTemplateIsTooShortIsLookedForOnceMore) {
    // Out of focus, at the edge of what can be compared: which of them a later look can use hangs on a pixel.
    const Template live = view(photographs["biden"]);
    int unclear = 0, saved = 0;
    for (const int radius : {7, 8}) {
        for (const double width : {1.5, 1.7, 2.2}) {
            const Image photograph = blurred(card_photo(photographs["biden"], width), radius);
            const auto first = pipeline->embed(photograph, *pipeline->observe(photograph));
            const auto reference = pipeline->reference(photograph);
            if (first) {
                EXPECT_EQ(reference->view.get().unit, first->get().unit);
                continue;
            }
            EXPECT_EQ(first.error().reason, Reason::face_unclear);
            ++unclear;
            if (reference) {
                ++saved;
                EXPECT_GT(match::compare(reference->view, live), 0.2F)
                    << radius << ' ' << width; // 0.25 to 0.33
            } else {
                EXPECT_EQ(reference.error().reason, Reason::face_unclear);
            }
        }
    }
    EXPECT_GT(saved, 0);       // 3
    EXPECT_LT(saved, unclear); // of 5
}

TEST_F(PipelineTest, GateOnRealPictures) {
    const auto judged = [](const Image& picture) {
        const auto face = pipeline->observe(picture);
        return face ? gate(*face, picture.width, picture.height, {}) : std::optional(face.error().reason);
    };
    const Image frame = cut(photographs["obama"], 90, 40, 800, 600, 640, 480, 3);
    EXPECT_EQ(judged(frame), std::nullopt);

    Image dark = frame;
    for (auto& value : dark.pixels)
        value = static_cast<std::uint8_t>(value / 5);
    EXPECT_EQ(judged(dark), Reason::face_too_dark);

    Image bright = frame;
    for (auto& value : bright.pixels)
        value = static_cast<std::uint8_t>(std::min(255, value + 130));
    EXPECT_EQ(judged(bright), Reason::face_too_bright);

    EXPECT_EQ(judged(blurred(frame, 10)), Reason::face_blurred);

    EXPECT_EQ(judged(cut(photographs["obama"], 60, 20, 560, 420, 160, 120, 3)), Reason::face_too_far);
    EXPECT_EQ(judged(cut(photographs["obama"], 460, 20, 400, 500, 400, 500, 3)), Reason::face_off_centre);
}

// Two portraits beside each other; the second one drawn at `share` of the first one's height.
Image side_by_side(const Image& first, const Image& second, double share) {
    Image both{.width = 640, .height = 400, .channels = 3, .pixels = {}};
    both.pixels.assign(both.stride() * 400, 110);
    const auto paste = [&](const Image& portrait, int left, int height) {
        const Image small = scaled(portrait, height * 4 / 5, height);
        for (int y = 0; y < height; ++y) {
            std::copy_n(small.pixels.data() + static_cast<std::size_t>(y) * small.stride(), small.stride(),
                        both.pixels.data() + static_cast<std::size_t>(y) * both.stride() +
                            static_cast<std::size_t>(left) * 3);
        }
    };
    paste(first, 0, 400);
    paste(second, 320, static_cast<int>(400 * share));
    return both;
}

TEST_F(PipelineTest, TwoFacesOfComparableSizeAreTwoPatients) {
    const Image first = cut(photographs["obama"], 300, 80, 380, 475, 380, 475, 3);
    const Image second = cut(photographs["biden"], 320, 120, 500, 625, 500, 625, 3);
    EXPECT_EQ(seen(side_by_side(first, second, 1)), Reason::several_faces);
    // somebody waiting behind
    const Image waiting = side_by_side(first, second, 0.55);
    const auto nearest = pipeline->observe(waiting);
    ASSERT_TRUE(nearest) << word(nearest.error().reason);
    EXPECT_LT(nearest->box.right, 330);
}

TEST_F(PipelineTest, NoFaceWhereThereIsNone) {
    Image plain{.width = 640, .height = 480, .channels = 3, .pixels = {}};
    plain.pixels.assign(plain.stride() * 480, 128);
    EXPECT_EQ(seen(plain), Reason::no_face);
    std::mt19937 random(7);
    for (auto& value : plain.pixels)
        value = static_cast<std::uint8_t>(random());
    EXPECT_EQ(seen(plain), Reason::no_face);
}

TEST_F(PipelineTest, OddPicturesDoNoHarm) {
    for (const auto& [width, height] : {std::pair{1, 1}, {4096, 1}, {1, 4096}, {3, 2000}}) {
        Image odd{.width = width, .height = height, .channels = 1, .pixels = {}};
        odd.pixels.assign(odd.stride() * static_cast<std::size_t>(height), 200);
        EXPECT_EQ(seen(odd), Reason::no_face) << width << " x " << height;
    }
    EXPECT_EQ(seen(Image{}), Reason::internal_error);
    Image wrong{.width = 640, .height = 480, .channels = 3, .pixels = {}};
    wrong.pixels.resize(1000);
    EXPECT_EQ(seen(wrong), Reason::internal_error);
    wrong.channels = 4;
    wrong.pixels.resize(wrong.stride() * 480);
    EXPECT_EQ(seen(wrong), Reason::internal_error);

    Observation nowhere; // all points on one spot
    const auto none = pipeline->embed(photographs["obama"], nowhere);
    EXPECT_FALSE(none);
}

TEST_F(PipelineTest, EqualInEqualOut) {
    EXPECT_EQ(view(photographs["obama3"]).get().unit, view(photographs["obama3"]).get().unit);
}

TEST_F(PipelineTest, SaysWhatItLoaded) {
    ASSERT_EQ(pipeline->models().size(), 3U);
    for (const ModelInfo& info : pipeline->models()) {
        EXPECT_EQ(info.sha256.size(), 64U) << info.name;
        EXPECT_EQ(info.licence, "Apache-2.0") << info.name;
    }
}

TEST_F(PipelineTest, OneFlippedByteIsRefused) {
    std::string name = testing::TempDir() + "kaomon-flipped-XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    const fs::path folder = name;
    for (const auto* file : {"manifest.toml", "detector.net", "mesh.net"})
        fs::copy(models / file, folder / file);
    fs::create_symlink(models / "embedder.net", folder / "embedder.net");
    EXPECT_TRUE(Pipeline::load(folder));
    std::fstream file(folder / "mesh.net", std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(100'000);
    const char byte = static_cast<char>(file.get() ^ 1);
    file.seekp(100'000);
    file.put(byte);
    file.close();
    const auto refused = Pipeline::load(folder);
    fs::remove_all(folder);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, Reason::model_refused);
    EXPECT_NE(refused.error().detail.find("mesh.net"), std::string::npos);
}

} // namespace
} // namespace kaomon::face
