#include "drivers/picture/libjpeg.hpp"
#include "drivers/picture/orientation.hpp"
#include "drivers/picture/picture.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

namespace kaomon::picture {
namespace {

// A picture of whose four quarters each is told from the others: red, green over blue, white.
Image quarters(int width = 96, int height = 64) {
    Image image{.width = width, .height = height, .channels = 3, .pixels = {}};
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const bool left = x < width / 2, top = y < height / 2;
            const auto on = [](bool lit) { return static_cast<std::uint8_t>(lit ? 255 : 0); };
            image.pixels.insert(image.pixels.end(),
                                {on((left && top) || (!left && !top)), on(!left), on(!top)});
        }
    }
    return image;
}

struct How {
    J_COLOR_SPACE input = JCS_RGB, kept = JCS_YCbCr;
    bool progressive = false, adobe = true, arithmetic = false;
};

SecretBytes jpeg(const SecretBytes& pixels, int width, int height, int channels, const How& how) {
    jpeg_compress_struct codec{};
    jpeg_error_mgr errors{};
    codec.err = jpeg_std_error(&errors);
    jpeg_create_compress(&codec);
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&codec, &bytes, &size);
    codec.image_width = static_cast<JDIMENSION>(width);
    codec.image_height = static_cast<JDIMENSION>(height);
    codec.input_components = channels;
    codec.in_color_space = how.input;
    jpeg_set_defaults(&codec);
    jpeg_set_colorspace(&codec, how.kept);
    jpeg_set_quality(&codec, 95, TRUE);
    codec.write_Adobe_marker =
        how.adobe && (how.kept == JCS_CMYK || how.kept == JCS_YCCK || how.kept == JCS_RGB) ? TRUE : FALSE;
    codec.arith_code = how.arithmetic ? TRUE : FALSE;
    if (how.progressive)
        jpeg_simple_progression(&codec);
    jpeg_start_compress(&codec, TRUE);
    while (codec.next_scanline < codec.image_height) {
        JSAMPROW row = const_cast<JSAMPROW>(pixels.data()) +
                       std::size_t{codec.next_scanline} * static_cast<std::size_t>(width * channels);
        jpeg_write_scanlines(&codec, &row, 1);
    }
    jpeg_finish_compress(&codec);
    jpeg_destroy_compress(&codec);
    SecretBytes file(bytes, bytes + size);
    std::free(bytes);
    return file;
}

SecretBytes jpeg(const How& how = {}, const Image& image = quarters()) {
    return jpeg(image.pixels, image.width, image.height, 3, how);
}

// The same ink for every pixel: full is 255.
SecretBytes ink(std::array<std::uint8_t, 4> cmyk, J_COLOR_SPACE kept, bool adobe) {
    SecretBytes pixels;
    for (int i = 0; i < 64 * 64; ++i) {
        for (const std::uint8_t one : cmyk)
            pixels.push_back(adobe ? static_cast<std::uint8_t>(255 - one) : one);
    }
    return jpeg(pixels, 64, 64, 4, {.input = JCS_CMYK, .kept = kept, .adobe = adobe});
}

SecretBytes with_app1(const SecretBytes& file, const Bytes& body) {
    SecretBytes with(file.begin(), file.begin() + 2);
    const std::size_t length = body.size() + 2;
    with.insert(with.end(),
                {0xff, 0xe1, static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length)});
    with.insert(with.end(), body.begin(), body.end());
    with.insert(with.end(), file.begin() + 2, file.end());
    return with;
}

Bytes exif(std::uint8_t orientation, bool big = true) {
    const auto tiff = big ? Bytes{'M', 'M', 0, 42, 0, 0, 0,           8, 0, 1, 1, 0x12, 0,
                                  3,   0,   0, 0,  1, 0, orientation, 0, 0, 0, 0, 0,    0}
                          : Bytes{'I', 'I', 42, 0, 8, 0,           0, 0, 1, 0, 0x12, 1, 3,
                                  0,   1,   0,  0, 0, orientation, 0, 0, 0, 0, 0,    0, 0};
    Bytes body{'E', 'x', 'i', 'f', 0, 0};
    body.insert(body.end(), tiff.begin(), tiff.end());
    return body;
}

// What stands in the four quarters, from the top left: "RGBW".
std::string seen(const Result<Image>& image) {
    if (!image)
        return image.error().detail;
    std::string text;
    for (const int y : {image->height / 4, image->height * 3 / 4}) {
        for (const int x : {image->width / 4, image->width * 3 / 4}) {
            const auto* p = image->pixels.data() + static_cast<std::size_t>(y) * image->stride() +
                            static_cast<std::size_t>(x) * 3;
            text += p[0] > 128   ? (p[1] > 128 ? 'W' : 'R')
                    : p[1] > 128 ? (p[2] > 128 ? 'C' : 'G')
                    : p[2] > 128 ? 'B'
                                 : 'K';
        }
    }
    return text;
}

std::string refused(ByteView file) {
    const auto image = read_picture(file, {});
    return image ? "taken" : image.error().detail;
}

TEST(Picture, StandsUprightAsItsTagSays) {
    ASSERT_EQ(seen(read_picture(jpeg(), {})), "RGBW");
    // Each file's pixels are turned so that its tag brings them back (EXIF 4.6.4, table of orientations).
    for (int orientation = 1; orientation <= 8; ++orientation) {
        constexpr std::array<int, 9> back{0, 1, 2, 3, 4, 5, 8, 7, 6};
        const Image stored = upright(quarters(), back[static_cast<std::size_t>(orientation)]);
        for (const bool big : {true, false}) {
            const auto image = read_picture(
                with_app1(jpeg({}, stored), exif(static_cast<std::uint8_t>(orientation), big)), {});
            ASSERT_TRUE(image);
            EXPECT_EQ(seen(image), "RGBW") << orientation;
            EXPECT_EQ(image->width, 96) << orientation;
        }
    }
}

TEST(Picture, TurnsAsTheStandardDoes) { // 6: the first row is the right side; 8: the left; 2: mirrored
    EXPECT_EQ(seen(upright(quarters(), 6)), "BRWG");
    EXPECT_EQ(seen(upright(quarters(), 8)), "GWRB");
    EXPECT_EQ(seen(upright(quarters(), 3)), "WBGR");
    EXPECT_EQ(seen(upright(quarters(), 2)), "GRWB");
    EXPECT_EQ(seen(upright(quarters(), 4)), "BWRG");
    EXPECT_EQ(seen(upright(quarters(), 5)), "RBGW");
    EXPECT_EQ(seen(upright(quarters(), 7)), "WGBR");
}

TEST(Picture, ATagThatCannotBeTurnsNothing) {
    for (const int odd : {0, 9, 255})
        EXPECT_EQ(seen(read_picture(with_app1(jpeg(), exif(static_cast<std::uint8_t>(odd))), {})), "RGBW");
    const Bytes whole = exif(6);
    for (std::size_t size = 0; size + 6 < whole.size(); ++size) { // cut anywhere: no tag, no overrun
        const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        EXPECT_EQ(seen(read_picture(with_app1(jpeg(), cut), {})), "RGBW") << size;
    }
    Bytes far = whole;
    far[10] = 0xff; // a directory far behind the end
    EXPECT_EQ(seen(read_picture(with_app1(jpeg(), far), {})), "RGBW");
    const SecretBytes xmp_first = with_app1(with_app1(jpeg(), exif(6)), Bytes{'h', 't', 't', 'p', ':', 0});
    EXPECT_EQ(seen(read_picture(xmp_first, {})), "BRWG") << "another APP1 before it";
}

TEST(Picture, OfEveryUsualKindIsTaken) {
    EXPECT_EQ(seen(read_picture(jpeg({.progressive = true}), {})), "RGBW");
    EXPECT_EQ(seen(read_picture(jpeg({.kept = JCS_RGB}), {})), "RGBW");
    const auto grey = read_picture(jpeg({.kept = JCS_GRAYSCALE}), {});
    ASSERT_TRUE(grey);
    EXPECT_EQ(grey->channels, 1);
    EXPECT_EQ(read_picture(jpeg({.kept = JCS_GRAYSCALE}), {.colours = Colours::rgb})->channels, 3);
    for (const auto kept : {JCS_YCbCr, JCS_RGB, JCS_GRAYSCALE}) {
        const auto one = read_picture(jpeg({.kept = kept}), {.colours = Colours::grey});
        ASSERT_TRUE(one && one->channels == 1);
        EXPECT_NEAR(one->pixels[96 * 10 + 10], 76, 3); // red: 0.299 * 255
        EXPECT_NEAR(one->pixels[96 * 50 + 80], 255, 3);
    }
}

TEST(Picture, OfInkBecomesRgb) {
    for (const auto kept : {JCS_CMYK, JCS_YCCK}) {
        for (const bool adobe : {true, false}) {
            if (kept == JCS_YCCK && !adobe)
                continue; // nothing but Adobe's marker tells it from CMYK
            const auto first = [&](std::array<std::uint8_t, 4> cmyk) {
                const auto image = read_picture(ink(cmyk, kept, adobe), {});
                EXPECT_TRUE(image && image->channels == 3);
                return image ? std::array<int, 3>{image->pixels[0], image->pixels[1], image->pixels[2]}
                             : std::array<int, 3>{};
            };
            const auto near = [](std::array<int, 3> seen_there, std::array<int, 3> wanted) {
                for (std::size_t i = 0; i < 3; ++i)
                    EXPECT_NEAR(seen_there[i], wanted[i], 4);
            };
            near(first({0, 0, 0, 0}), {255, 255, 255});
            near(first({0, 0, 0, 255}), {0, 0, 0});
            near(first({0, 255, 255, 0}), {255, 0, 0});
            near(first({255, 0, 0, 128}), {0, 127, 127});
        }
    }
}

TEST(Picture, OfAnotherKindIsNamed) {
    const auto starting = [](std::string_view text) { return Bytes(text.begin(), text.end()); };
    using namespace std::string_view_literals;
    EXPECT_EQ(refused(starting("\x89PNG\r\n\x1a\n and sixteen bits"sv)), "a PNG file, not a JPEG file");
    EXPECT_EQ(refused(starting("\0\0\0\x18"
                               "ftypheic\0\0\0\0"sv)),
              "a HEIC file (as iPhones write it), not a JPEG file");
    EXPECT_EQ(refused(starting("RIFF\1\2\3\4WEBPVP8 "sv)), "a WebP file, not a JPEG file");
    EXPECT_EQ(refused(starting("GIF89a"sv)), "a GIF file, not a JPEG file");
    EXPECT_EQ(refused(starting("%PDF-1.7"sv)), "a PDF file, not a JPEG file");
    EXPECT_EQ(refused(starting("hello"sv)), "no picture of a known kind, not a JPEG file");
    EXPECT_EQ(refused({}), "an empty file");
}

TEST(Picture, WhatIsWrongWithAJpegIsSaid) {
    EXPECT_EQ(refused(jpeg({}, quarters(96, 62))),
              "a picture of 96 x 62 pixels; 64 to 8192 each way are taken");
    for (const bool progressive : {false, true}) {
        SecretBytes cut = jpeg({.progressive = progressive});
        cut.resize(cut.size() - 40);
        EXPECT_EQ(refused(cut), "a damaged JPEG file: its end is missing") << progressive;
        SecretBytes bad = jpeg({.progressive = progressive});
        std::fill(bad.end() - 200, bad.end() - 20, std::uint8_t{0xfe});
        EXPECT_TRUE(refused(bad).starts_with("a damaged JPEG file")) << progressive << refused(bad);
    }
    SecretBytes deep = jpeg();
    const std::array<std::uint8_t, 2> frame{0xff, 0xc0};
    const auto at = std::search(deep.begin(), deep.end(), frame.begin(), frame.end());
    *(at + 4) = 12;
    EXPECT_EQ(refused(deep), "a JPEG file with more than 8 bits a sample");
    *(at + 1) = 0xc3;
    EXPECT_EQ(refused(deep), "a JPEG file of a rare kind (lossless or hierarchical)");
    EXPECT_EQ(refused(SecretBytes{0xff, 0xd8, 0xff, 0xd9}), "a damaged JPEG file: its end is missing");
}

TEST(PictureFile, ThatCannotBeReadIsSaidWithoutItsPath) {
    const std::filesystem::path file = "/tmp/kaomon-picture-door-" + std::to_string(getpid());
    std::ofstream(file).flush();
    EXPECT_EQ(read_picture_file(file).error().detail, "an empty file");
    EXPECT_EQ(read_picture_file("/tmp").error().detail, "the file cannot be read");
    EXPECT_EQ(read_picture_file("/tmp/none/of/it").error().detail, "the file cannot be read");
    std::filesystem::remove(file);
}

} // namespace
} // namespace kaomon::picture
