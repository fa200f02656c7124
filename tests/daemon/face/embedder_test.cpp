// The embedder's input, pinned by numbers that ONNX Runtime 1.30 gives for the published SFace file: 112 x
// 112, red first, 0 to 255. The face is a drawing, nobody's.
#include "daemon/face/embedder_cv.hpp"
#include "daemon/face/model_store.hpp"

#include <gtest/gtest.h>
#include <opencv2/core.hpp>

namespace kaomon::face {
namespace {

struct Drawing {
    cv::Mat rgb{112, 112, CV_8UC3, cv::Scalar(70, 90, 120)};

    void ellipse(int x, int y, int half_width, int half_height, const cv::Vec3b& colour) {
        const int a = half_width * half_width, b = half_height * half_height;
        for (int v = 0; v < rgb.rows; ++v)
            for (int u = 0; u < rgb.cols; ++u)
                if ((u - x) * (u - x) * b + (v - y) * (v - y) * a <= a * b)
                    rgb.at<cv::Vec3b>(v, u) = colour;
    }
};

cv::Mat drawn_face() {
    Drawing face;
    face.ellipse(56, 50, 52, 56, {40, 28, 22}); // hair
    face.ellipse(56, 64, 42, 54, {205, 160, 130});
    for (const int x : {38, 73}) {
        face.ellipse(x, 43, 11, 3, {50, 35, 28}); // brow
        face.ellipse(x, 52, 9, 5, {235, 230, 225});
        face.ellipse(x, 52, 4, 4, {60, 40, 30});
        face.ellipse(x, 52, 2, 2, {10, 10, 10});
    }
    face.ellipse(56, 62, 3, 12, {225, 180, 150}); // nose
    face.ellipse(56, 73, 7, 4, {165, 115, 95});
    face.ellipse(56, 92, 15, 5, {170, 70, 75}); // mouth
    face.ellipse(56, 92, 14, 1, {90, 30, 35});
    for (int v = 0; v < 112; ++v) // the light comes from one side
        for (int u = 0; u < 112; ++u)
            for (int c = 0; c < 3; ++c) {
                auto& value = face.rgb.at<cv::Vec3b>(v, u)[c];
                value = static_cast<std::uint8_t>(value * (136 - std::abs(u - 50)) / 136);
            }
    return face.rgb;
}

class EmbedderTest : public testing::TestWithParam<Backend> {
  protected:
    void SetUp() override {
        const auto store = ModelStore::open(KAOMON_SOURCE_DIR "/models");
        ASSERT_TRUE(store) << store.error().detail << ": run tools/models/fetch";
        auto opened = Embedder::open((*store->find("embedder"))->file, GetParam());
        ASSERT_TRUE(opened) << opened.error().detail;
        embedder.emplace(std::move(*opened));
    }
    std::optional<Embedder> embedder;
};

TEST_P(EmbedderTest, GoldenNumbers) {
    const cv::Mat face = drawn_face();
    ASSERT_EQ(cv::sum(face), cv::Scalar(1392360, 1144001, 1032888)) << "another drawing";
    const auto found = embedder->embed(face);
    ASSERT_TRUE(found) << found.error().detail;
    const double tolerance = GetParam() == Backend::own_int16 ? 0.02 : 1e-4;
    EXPECT_NEAR(found->get().norm, 9.81799, tolerance);
    constexpr std::array first{1.19349F, -0.98172F, 1.11981F, -0.20889F,
                               0.01013F, 1.24161F,  0.29270F, -0.70715F};
    for (std::size_t i = 0; i < first.size(); ++i)
        EXPECT_NEAR(found->get().unit[i] * found->get().norm, first[i], tolerance) << i;
}

TEST_P(EmbedderTest, BlueFirstIsNoFace) {
    cv::Mat swapped = drawn_face();
    for (auto& pixel : cv::Mat_<cv::Vec3b>(swapped))
        std::swap(pixel[0], pixel[2]);
    EXPECT_EQ(embedder->embed(swapped).error().reason, Reason::face_unclear); // 6.82 long
}

INSTANTIATE_TEST_SUITE_P(Backends, EmbedderTest,
                         testing::Values(Backend::own_int16, Backend::own_fp32, Backend::opencv),
                         [](const auto& one) { return std::string(word(one.param)); });

} // namespace
} // namespace kaomon::face
