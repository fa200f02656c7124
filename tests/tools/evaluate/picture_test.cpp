#include "drivers/camera/jpeg.hpp"
#include "tools/evaluate/picture.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace kaomon::evaluate {
namespace {

Image stripes(int width, int height) {
    Image image{.width = width, .height = height, .channels = 3, .pixels = {}};
    for (int i = 0; i < width * height; ++i)
        image.pixels.insert(image.pixels.end(), {200, static_cast<std::uint8_t>(i % width), 30});
    return image;
}

struct Picture : testing::Test {
    std::unique_ptr<photo::Decoder> photographs = std::move(*photo::Decoder::start(KAOMON_WORKER));
};

TEST_F(Picture, OfAJpegIsRgb) {
    const auto read = decode_picture(camera::encode_jpeg(stripes(64, 48), 95), *photographs);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->width, 64);
    EXPECT_EQ(read->height, 48);
    EXPECT_EQ(read->channels, 3);
    EXPECT_NEAR(read->pixels[0], 200, 8);
    EXPECT_NEAR(read->pixels[2], 30, 8);
}

TEST_F(Picture, OfNonsenseIsAClearFailure) {
    const Bytes empty, text{'h', 'e', 'l', 'l', 'o', '\n', 0, 0, 0, 0};
    SecretBytes cut = camera::encode_jpeg(stripes(64, 48), 95);
    cut.resize(30);
    const Bytes jp2{0, 0, 0, 0x0C, 'j', 'P', ' ', ' ', 13, 10, 0x87, 10};
    for (const ByteView bytes : {ByteView(empty), ByteView(text), ByteView(cut), ByteView(jp2)}) {
        const auto read = decode_picture(bytes, *photographs);
        ASSERT_FALSE(read);
        EXPECT_EQ(read.error().reason, Reason::photo_malformed);
        EXPECT_FALSE(read.error().detail.empty());
    }
    EXPECT_FALSE(decode_picture(camera::encode_jpeg(stripes(8, 8), 95), *photographs)) << "too small";
}

TEST(File, ThatIsMissingEmptyOrAFolderIsAFailureWithoutItsPath) {
    const std::filesystem::path file = "/tmp/kaomon-picture-" + std::to_string(getpid());
    std::ofstream(file).flush();
    for (const auto& path : {file, std::filesystem::path("/tmp"), std::filesystem::path("/tmp/none/of/it")}) {
        const auto read = read_file(path);
        ASSERT_FALSE(read);
        EXPECT_EQ(read.error().reason, Reason::photo_malformed);
        EXPECT_EQ(read.error().detail.find("tmp"), std::string::npos);
    }
    std::ofstream(file) << "abc";
    EXPECT_EQ(read_file(file)->size(), 3U);
    std::filesystem::remove(file);
}

} // namespace
} // namespace kaomon::evaluate
