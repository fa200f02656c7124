// What is odd about the JPEG that cameras send, and what is damaged.
#include "drivers/camera/jpeg.hpp"
#include "drivers/picture/jpeg_warning.hpp"
#include "drivers/picture/libjpeg.hpp"
#include "tests/drivers/camera/picture.hpp"

#include <gtest/gtest.h>
#include <turbojpeg.h>

#include <functional>
#include <string_view>

namespace kaomon::camera {
namespace {

constexpr int side = 4096;

void put_segment(SecretBytes& jpeg, std::uint8_t marker, ByteView body) {
    const std::size_t length = body.size() + 2;
    const std::array<std::uint8_t, 4> head{0xff, marker, static_cast<std::uint8_t>(length >> 8),
                                           static_cast<std::uint8_t>(length)};
    jpeg.insert(jpeg.end(), head.begin(), head.end());
    jpeg.insert(jpeg.end(), body.begin(), body.end());
}

// Grey, 640 x 480, without Huffman tables, a restart marker behind each of its 60 rows of blocks; `rows` gets
// the bytes of each row, marker included, and may change them.
using Row = std::function<void(int number, SecretBytes& bytes)>;
SecretBytes flat(const Row& row = {}) {
    SecretBytes jpeg{0xff, 0xd8};
    SecretBytes quantisation(65, 16);
    quantisation[0] = 0;
    put_segment(jpeg, 0xdb, quantisation);
    put_segment(jpeg, 0xdd, SecretBytes{0, 80});
    put_segment(jpeg, 0xc0, SecretBytes{8, 480 >> 8, 480 & 0xff, 640 >> 8, 640 & 0xff, 1, 1, 0x11, 0});
    put_segment(jpeg, 0xda, SecretBytes{1, 1, 0, 0, 63, 0});
    for (int number = 0; number < 60; ++number) {
        SecretBytes bytes;
        for (int i = 0; i < 20; ++i) // 4 blocks: DC difference 0 (00), end of block (1010)
            bytes.insert(bytes.end(), {0x28, 0xa2, 0x8a});
        if (number < 59) {
            bytes.push_back(0xff);
            bytes.push_back(static_cast<std::uint8_t>(0xd0 + number % 8));
        }
        if (row)
            row(number, bytes);
        jpeg.insert(jpeg.end(), bytes.begin(), bytes.end());
    }
    jpeg.insert(jpeg.end(), {0xff, 0xd9});
    return jpeg;
}

SecretBytes encoded(int subsampling, int restart = 0) {
    const Image picture = test_picture(160, 120);
    if (restart != 0)
        setenv("TJ_RESTART", std::to_string(restart).c_str(), 1); // in MCU rows
    void* codec = tjInitCompress();
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    tjCompress2(codec, picture.pixels.data(), 160, 0, 120, TJPF_RGB, &bytes, &size, subsampling, 90, 0);
    unsetenv("TJ_RESTART");
    SecretBytes jpeg(bytes, bytes + size);
    tjFree(bytes);
    tjDestroy(codec);
    return jpeg;
}

SecretBytes without_end(SecretBytes jpeg) {
    jpeg.resize(jpeg.size() - 2);
    return jpeg;
}

void expect_same(const SecretBytes& odd, const SecretBytes& clean, std::string_view what) {
    const Image seen = decode_jpeg(odd, side), wanted = decode_jpeg(clean, side);
    ASSERT_FALSE(wanted.empty()) << what;
    EXPECT_TRUE(seen.pixels == wanted.pixels) << what;
}

void expect_damaged(const SecretBytes& jpeg, std::string_view what) {
    EXPECT_TRUE(decode_jpeg(jpeg, side).empty()) << what;
}

TEST(Jpeg, FillingBeforeRestartMarkersChangesNoPixel) {
    for (const int stray : {1, 2, 9, 64, 65, 500}) {
        const auto filled = [stray](std::uint8_t byte) {
            return flat([=](int, SecretBytes& row) {
                if (row.size() > 60)
                    row.insert(row.end() - 2, static_cast<std::size_t>(stray), byte);
            });
        };
        expect_same(filled(0x00), flat(), "zeros " + std::to_string(stray));
        expect_same(filled(0xff), flat(), "fill bytes " + std::to_string(stray));
        expect_same(filled(0x55), flat(), "other filling " + std::to_string(stray));
    }
    expect_same(flat([](int number, SecretBytes& row) {
                    if (number % 7 == 2)
                        row.insert(row.end() - 2, {0x12, 0x34, 0x56});
                }),
                flat(), "a few bytes of anything");
    SecretBytes colour = encoded(TJSAMP_422, 1);
    const SecretBytes clean = colour;
    int markers = 0;
    for (std::size_t at = 600; at + 1 < colour.size(); ++at) {
        if (colour[at] == 0xff && (colour[at + 1] & 0xf8) == 0xd0) {
            colour.insert(colour.begin() + static_cast<std::ptrdiff_t>(at), 7, 0);
            at += 8;
            ++markers;
        }
    }
    ASSERT_GT(markers, 10);
    expect_same(colour, clean, "of colour");
}

TEST(Jpeg, WhatLiesBehindTheLastBlockChangesNoPixel) {
    for (const SecretBytes& clean :
         {flat(), encoded(TJSAMP_422), encoded(TJSAMP_420), encoded(TJSAMP_GRAY)}) {
        expect_same(without_end(clean), clean, "no end marker");
        SecretBytes odd = without_end(clean);
        odd.resize(odd.size() + 1000);
        expect_same(odd, clean, "zeros in place of the end marker");
        odd.insert(odd.end(), {0xff, 0xd9});
        expect_same(odd, clean, "zeros before the end marker");
        odd = clean;
        odd.insert(odd.end() - 2, 40, 0xab);
        odd.insert(odd.end(), 3000, 0x37);
        expect_same(odd, clean, "bytes before and behind the end marker");
        odd = without_end(clean);
        odd.insert(odd.end(), clean.begin(), clean.end());
        expect_same(odd, clean, "the next picture in place of the end marker");
        odd = without_end(clean);
        put_segment(odd, 0xfe, SecretBytes{'o', 'k'});
        odd.insert(odd.end(), {0xff, 0xd9});
        expect_same(odd, clean, "a comment before the end marker");
    }
}

TEST(Jpeg, OddHeadsChangeNoPixel) {
    const SecretBytes clean = encoded(TJSAMP_422);
    const auto with = [&clean](std::size_t at, const SecretBytes& bytes) {
        SecretBytes odd = clean;
        odd.insert(odd.begin() + static_cast<std::ptrdiff_t>(at), bytes.begin(), bytes.end());
        return odd;
    };
    expect_same(with(20, {0, 0, 0}), clean, "bytes between two segments");
    expect_same(with(20, {0xff, 0xff}), clean, "fill bytes between two segments");
    expect_same(with(20, {0xff, 0x01, 0xff, 0xd3}), clean, "markers without a length");
    expect_same(with(20, {0xff, 0xfe, 0, 4, 'o', 'k'}), clean, "a comment");
    SecretBytes odd = clean;
    ASSERT_EQ(odd[11], 1); // JFIF 1.01
    odd[11] = 9;
    expect_same(odd, clean, "another JFIF revision");
    SecretBytes adobe;
    put_segment(adobe, 0xee, SecretBytes{'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 77});
    odd = clean;
    odd.erase(odd.begin() + 2, odd.begin() + 20); // of JFIF, which would win
    odd.insert(odd.begin() + 2, adobe.begin(), adobe.end());
    expect_same(odd, clean, "an unknown transform of Adobe's");
    odd = clean;
    const std::array<std::uint8_t, 2> scan{0xff, 0xda};
    const auto at = std::search(odd.begin(), odd.end(), scan.begin(), scan.end());
    *(at + 12) = 0; // end of the spectral selection: 63 is the only one there is
    expect_same(odd, clean, "no spectral selection");
}

TEST(Jpeg, TablesOfThePictureBeforeAreNotTaken) {
    SecretBytes other = encoded(TJSAMP_422); // with tables that no camera means: two codes change places
    const std::array<std::uint8_t, 2> tables{0xff, 0xc4};
    const auto at = std::search(other.begin(), other.end(), tables.begin(), tables.end());
    std::swap(*(at + 21), *(at + 22));
    decode_jpeg(other, side);
    const Image grey = decode_jpeg(flat(), side);
    ASSERT_FALSE(grey.empty());
    EXPECT_EQ(grey.pixels[0], 128);
    EXPECT_EQ(grey.pixels.back(), 128);
}

TEST(Jpeg, EverySubsamplingIsThePicture) {
    for (const int subsampling : {TJSAMP_444, TJSAMP_422, TJSAMP_420, TJSAMP_440, TJSAMP_411}) {
        const Image image = decode_jpeg(encoded(subsampling), side);
        EXPECT_LT(mean_difference(image, test_picture(160, 120)), 5) << subsampling;
    }
    const Image grey = decode_jpeg(encoded(TJSAMP_GRAY), side);
    ASSERT_FALSE(grey.empty());
    EXPECT_EQ(grey.channels, 3);
    EXPECT_EQ(grey.pixels[300], grey.pixels[302]);
    SecretBytes doubled = flat(); // one component that calls itself twice as fine as the others there are not
    doubled[std::size_t{2} + 69 + 6 + 13 - 3 + 1] = 0x22;
    EXPECT_FALSE(decode_jpeg(doubled, side).empty());
}

TEST(Jpeg, WhereBlocksAreMissingItIsDamaged) {
    for (const SecretBytes& clean : {flat(), encoded(TJSAMP_422), encoded(TJSAMP_420, 1)}) {
        for (const double share : {0.5, 0.75, 0.9, 0.97}) {
            const auto cut =
                clean.begin() +
                static_cast<std::ptrdiff_t>(600 * (1 - share) + static_cast<double>(clean.size()) * share);
            for (const int filling : {-1, 0x00, 0xff, 0x55}) { // of as many bytes as were lost, and of more
                for (const std::size_t more : {0, 5000}) {
                    SecretBytes part(clean.begin(), cut);
                    if (filling >= 0)
                        part.resize(clean.size() - 2 + more, static_cast<std::uint8_t>(filling));
                    const std::string what =
                        std::to_string(share) + " filled with " + std::to_string(filling);
                    expect_damaged(part, what);
                    part.insert(part.end(), {0xff, 0xd9});
                    expect_damaged(part, what + ", ended");
                }
            }
        }
    }
}

TEST(Jpeg, WrongIntervalsAreDamage) {
    expect_damaged(flat([](int number, SecretBytes& row) {
                       if (number == 30)
                           row.clear(); // a whole row and its marker
                   }),
                   "a row is missing");
    expect_damaged(flat([](int number, SecretBytes& row) {
                       if (number == 30)
                           row.erase(row.begin() + 10, row.begin() + 40);
                   }),
                   "part of a row is missing");
    expect_damaged(flat([](int number, SecretBytes& row) {
                       if (number == 30) { // zeros are codes too: they would become blocks
                           row.erase(row.begin() + 10, row.end() - 2);
                           row.insert(row.end() - 2, 400, 0);
                       }
                   }),
                   "zeros in place of the rest of a row");
    expect_damaged(flat([](int number, SecretBytes& row) {
                       if (number == 30)
                           row.back() ^= 3;
                   }),
                   "another restart marker");
    expect_damaged(flat([](int number, SecretBytes& row) {
                       if (number == 30)
                           std::fill(row.begin(), row.end() - 2, 0xfe);
                   }),
                   "no Huffman codes");
    expect_damaged(flat([](int number, SecretBytes& row) {
                       for (int i = 0; number == 30 && i < 100; ++i)
                           row.insert(row.end() - 2, static_cast<std::uint8_t>(i));
                   }),
                   "a lot of something else behind a row");
}

TEST(Jpeg, EveryWarningOfTheDecoderIsDecided) {
    struct Listed {
        int code;
        std::string_view name;
    };
#undef JERROR_H
#define JMESSAGE(code, text) {code, #code},
    const std::initializer_list<Listed> listed{
#include <jerror.h>
    };
    int harmless = 0, stray = 0, warnings = 0;
    for (const auto& [code, name] : listed) {
        if (!name.starts_with("JWRN_"))
            continue;
        ++warnings;
        harmless += picture::meaning_of_jpeg_warning(code) == picture::JpegWarning::harmless ? 1 : 0;
        stray += picture::meaning_of_jpeg_warning(code) == picture::JpegWarning::stray ? 1 : 0;
    }
    EXPECT_EQ(warnings, 12) << "a warning that is not decided yet: drivers/picture/jpeg_warning.cpp";
    EXPECT_EQ(harmless, 4);
    EXPECT_EQ(stray, 2);
}

} // namespace
} // namespace kaomon::camera
