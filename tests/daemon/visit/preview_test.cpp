#include "daemon/visit/preview.hpp"
#include "drivers/camera/jpeg.hpp"

#include <gtest/gtest.h>

namespace kaomon::visit {
namespace {

using std::chrono::milliseconds;

TEST(Preview, ComesTenTimesASecondWithTheFaceInShares) {
    std::vector<PreviewFrame> frames;
    Preview preview;
    Image picture{.width = 640, .height = 480, .channels = 3, .pixels = {}};
    picture.pixels.resize(picture.stride() * 480);
    const Instant start{};
    preview.next(picture, {}, start); // nobody looks
    preview.show_to([&](PreviewFrame frame) { frames.push_back(std::move(frame)); });
    for (int i = 0; i < 30; ++i)
        preview.next(picture, face::Box{160, 120, 480, 360}, start + milliseconds(33 * i));
    EXPECT_EQ(frames.size(), 10U);
    ASSERT_TRUE(frames[0].face);
    EXPECT_FLOAT_EQ(frames[0].face->left, 0.25F);
    EXPECT_FLOAT_EQ(frames[0].face->top, 0.25F);
    EXPECT_FLOAT_EQ(frames[0].face->width(), 0.5F);
    EXPECT_FLOAT_EQ(frames[0].face->height(), 0.5F);
    EXPECT_EQ(camera::decode_jpeg(frames[0].jpeg, 320).width, 320);
    preview.end();
    EXPECT_EQ(frames.size(), 11U);
    EXPECT_TRUE(frames.back().jpeg.empty());
    preview.end();
    EXPECT_EQ(frames.size(), 11U) << "said once";
}

} // namespace
} // namespace kaomon::visit
