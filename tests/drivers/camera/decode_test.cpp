#include "drivers/camera/frame.hpp"
#include "drivers/camera/jpeg.hpp"
#include "drivers/camera/raw.hpp"
#include "tests/drivers/camera/picture.hpp"

#include <gtest/gtest.h>

#include <array>

namespace kaomon::camera {
namespace {

constexpr int width = 160, height = 120;

Frame mjpeg_frame(SecretBytes jpeg) {
    return {.width = width,
            .height = height,
            .format = PixelFormat::mjpeg,
            .bytes = std::move(jpeg),
            .captured = {}};
}

SecretBytes jpeg() {
    return encode_jpeg(test_picture(width, height), 90);
}

// Start and length of the first segment with this marker, marker included.
std::pair<std::size_t, std::size_t> segment(ByteView jpeg, std::uint8_t marker) {
    for (std::size_t at = 2; at + 4 <= jpeg.size();) {
        const std::size_t length = 2 + static_cast<std::size_t>(jpeg[at + 2] << 8 | jpeg[at + 3]);
        if (jpeg[at + 1] == marker)
            return {at, length};
        at += length;
    }
    return {0, 0};
}

Reason refused(const Frame& frame) {
    const auto image = decode(frame);
    return image ? Reason::match : image.error().reason;
}

TEST(Decode, MjpegBecomesRgb) {
    const auto image = decode(mjpeg_frame(jpeg()));
    ASSERT_TRUE(image);
    EXPECT_EQ(image->width, width);
    EXPECT_EQ(image->height, height);
    EXPECT_EQ(image->channels, 3);
    EXPECT_LT(mean_difference(*image, test_picture(width, height)), 4);
}

TEST(Decode, MjpegWithoutHuffmanTablesIsTheSamePicture) {
    SecretBytes bytes = jpeg();
    const auto whole = decode(mjpeg_frame(bytes));
    for (auto [at, length] = segment(bytes, 0xc4); length != 0; std::tie(at, length) = segment(bytes, 0xc4)) {
        bytes.erase(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                    bytes.begin() + static_cast<std::ptrdiff_t>(at + length));
    }
    const auto bare = decode(mjpeg_frame(bytes));
    ASSERT_TRUE(whole && bare);
    EXPECT_EQ(whole->pixels, bare->pixels);
}

TEST(Decode, WhatWebcamsLeaveAtTheEndIsHarmless) {
    SecretBytes padded = jpeg();
    padded.resize(padded.size() + 1000); // zeros behind the end marker
    EXPECT_TRUE(decode(mjpeg_frame(padded)));
    SecretBytes extra = jpeg();
    extra.insert(extra.end() - 2, 3, 0); // and before it
    EXPECT_TRUE(decode(mjpeg_frame(extra)));
}

TEST(Decode, EveryTruncationIsMalformed) {
    const SecretBytes bytes = jpeg();
    for (std::size_t size = 0; size + 2 < bytes.size(); size += size < 700 ? 1 : 97) {
        ASSERT_EQ(refused(mjpeg_frame({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)})),
                  Reason::frame_malformed)
            << size;
    }
}

TEST(Decode, DamagedScanIsMalformed) {
    SecretBytes bytes = jpeg();
    for (std::size_t at = bytes.size() / 2; at < bytes.size() / 2 + 200; ++at)
        bytes[at] = 0xfe;
    EXPECT_EQ(refused(mjpeg_frame(bytes)), Reason::frame_malformed);
    // Damage that also leaves bytes before the end marker: the harmless warning comes last and must not hide
    // it.
    bytes = jpeg();
    bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2), 3000, 0xfe);
    EXPECT_EQ(refused(mjpeg_frame(bytes)), Reason::frame_malformed);
}

TEST(Decode, SizeOtherThanTheStreamIsMalformed) {
    Frame frame = mjpeg_frame(jpeg());
    frame.width = 320;
    EXPECT_EQ(refused(frame), Reason::frame_malformed);
}

TEST(Decode, HugePictureIsRefusedBeforeDecoding) {
    SecretBytes bytes = jpeg();
    const auto [at, length] = segment(bytes, 0xc0);
    for (std::size_t i = 0; i < 4; ++i)
        bytes[at + 5 + i] = 0xff; // 65535 x 65535
    Frame frame = mjpeg_frame(bytes);
    EXPECT_EQ(refused(frame), Reason::frame_malformed);
    frame.width = frame.height = 65535;
    EXPECT_EQ(refused(frame), Reason::frame_malformed);
}

TEST(Decode, ProgressiveAndSplitScansAreRefused) { // several passes over one picture: a camera sends none
    SecretBytes progressive = jpeg();
    progressive[segment(progressive, 0xc0).first + 1] = 0xc2;
    EXPECT_EQ(refused(mjpeg_frame(progressive)), Reason::frame_malformed);
    SecretBytes split = jpeg();
    split[segment(split, 0xda).first + 4] = 1;
    EXPECT_EQ(refused(mjpeg_frame(split)), Reason::frame_malformed);
}

TEST(Decode, YuyvOfBt601LimitedRange) {
    struct Colour {
        std::array<std::uint8_t, 4> yuyv;
        std::array<int, 3> rgb;
    };
    // From ITU-R BT.601: black, white, grey, and 75 % red, green and blue bars.
    const std::array<Colour, 6> colours{{{{16, 128, 16, 128}, {0, 0, 0}},
                                         {{235, 128, 235, 128}, {255, 255, 255}},
                                         {{126, 128, 126, 128}, {128, 128, 128}},
                                         {{65, 100, 65, 212}, {191, 0, 0}},
                                         {{112, 72, 112, 58}, {0, 191, 0}},
                                         {{35, 212, 35, 114}, {0, 0, 191}}}};
    for (const auto& [yuyv, rgb] : colours) {
        const Frame frame{.width = 2,
                          .height = 1,
                          .format = PixelFormat::yuyv,
                          .bytes = {yuyv.begin(), yuyv.end()},
                          .captured = {}};
        const auto image = decode(frame);
        ASSERT_TRUE(image);
        for (std::size_t i = 0; i < 6; ++i)
            EXPECT_NEAR(image->pixels[i], rgb[i % 3], 2) << int{yuyv[0]};
    }
}

Frame raw_frame(PixelFormat format, SecretBytes bytes, int across = width, int down = height) {
    return {.width = across, .height = down, .format = format, .bytes = std::move(bytes), .captured = {}};
}

TEST(Decode, ThereAndBack) {
    const Image picture = test_picture(width, height);
    for (const auto format : {PixelFormat::yuyv, PixelFormat::uyvy, PixelFormat::nv12, PixelFormat::rgb24}) {
        const auto image = decode(raw_frame(format, raw_from_rgb(format, picture)));
        ASSERT_TRUE(image) << static_cast<int>(format);
        EXPECT_LT(mean_difference(*image, picture), 3) << static_cast<int>(format);
    }
}

TEST(Decode, EachFormatHasItsOrderOfBytes) { // two reds over two whites: BT.601's 65 100 212 and 235 128 128
    const std::array<int, 6> red{191, 0, 0, 191, 0, 0};
    const auto first_row = [&red](const Frame& frame) {
        const auto image = decode(frame);
        ASSERT_TRUE(image);
        for (std::size_t i = 0; i < red.size(); ++i)
            EXPECT_NEAR(image->pixels[i], red[i], 2) << static_cast<int>(frame.format) << " " << i;
    };
    first_row(raw_frame(PixelFormat::uyvy, {100, 65, 212, 65, 128, 235, 128, 235}, 2, 2));
    first_row(raw_frame(PixelFormat::nv12, {65, 65, 65, 65, 100, 212}, 2, 2));
    first_row(raw_frame(PixelFormat::nv12, {65, 65, 65, 65, 235, 235, 235, 235, 100, 212, 128, 128}, 2, 4));
    const auto grey = decode(raw_frame(PixelFormat::grey, {0, 255, 7}, 3, 1));
    ASSERT_TRUE(grey);
    EXPECT_EQ(grey->pixels, (SecretBytes{0, 0, 0, 255, 255, 255, 7, 7, 7}));
}

TEST(Decode, RawFramesMustHaveTheirSize) {
    Frame frame{
        .width = 4, .height = 2, .format = PixelFormat::yuyv, .bytes = SecretBytes(15), .captured = {}};
    EXPECT_EQ(refused(frame), Reason::frame_malformed);
    frame.bytes.resize(16);
    EXPECT_TRUE(decode(frame));
    frame.format = PixelFormat::rgb24;
    EXPECT_EQ(refused(frame), Reason::frame_malformed);
    frame.bytes.assign(24, 7);
    const auto copied = decode(frame);
    ASSERT_TRUE(copied);
    EXPECT_EQ(copied->pixels, frame.bytes);
    frame.format = PixelFormat::yuyv; // an odd width has no pairs
    frame.width = 3;
    frame.bytes.resize(12);
    EXPECT_EQ(refused(frame), Reason::frame_malformed);
    frame.width = -4;
    EXPECT_EQ(refused(frame), Reason::frame_malformed);
    EXPECT_TRUE(decode(raw_frame(PixelFormat::nv12, SecretBytes(12), 4, 2)));
    EXPECT_EQ(refused(raw_frame(PixelFormat::nv12, SecretBytes(13), 4, 2)), Reason::frame_malformed);
    EXPECT_EQ(refused(raw_frame(PixelFormat::nv12, SecretBytes(18), 4, 3)), Reason::frame_malformed);
    EXPECT_EQ(refused(raw_frame(PixelFormat::uyvy, SecretBytes(12), 3, 2)), Reason::frame_malformed);
    EXPECT_EQ(refused(raw_frame(PixelFormat::grey, SecretBytes(13), 4, 3)), Reason::frame_malformed);
}

} // namespace
} // namespace kaomon::camera
