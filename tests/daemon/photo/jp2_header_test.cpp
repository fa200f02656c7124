#include "daemon/photo/jp2_header.hpp"
#include "tests/daemon/photo/sample_jp2.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>
#include <stdexcept>
#include <string_view>

namespace kaomon::photo {
namespace {

using testing::encode;
using ::testing::HasSubstr;
using testing::Sample;

std::size_t find(const Bytes& bytes, std::string_view what) {
    const Bytes wanted(what.begin(), what.end());
    const auto at = std::ranges::search(bytes, wanted);
    if (at.empty())
        throw std::logic_error("the sample does not hold what is to be patched");
    return static_cast<std::size_t>(at.begin() - bytes.begin());
}

std::size_t find_marker(const Bytes& bytes, unsigned char code) {
    return find(bytes, std::string{static_cast<char>(0xFF), static_cast<char>(code)});
}

void expect_refused(const Bytes& jp2, const char* detail) {
    const auto read = read_jp2_header(jp2);
    ASSERT_FALSE(read) << detail;
    EXPECT_EQ(read.error().reason, Reason::photo_malformed);
    EXPECT_THAT(read.error().detail, HasSubstr(detail));
}

// A sample with `bytes` written over it `offset` bytes after the start of box `name`'s content.
Bytes patched(std::string_view name, std::size_t offset, Bytes bytes, Sample sample = {}) {
    Bytes jp2 = encode(sample);
    std::ranges::copy(bytes, jp2.begin() + static_cast<long>(find(jp2, name) + 4 + offset));
    return jp2;
}

// The same, `offset` bytes after marker FFxx.
Bytes marked(unsigned char code, std::size_t offset, Bytes bytes, Sample sample = {}) {
    Bytes jp2 = encode(sample);
    std::ranges::copy(bytes, jp2.begin() + static_cast<long>(find_marker(jp2, code) + 2 + offset));
    return jp2;
}

TEST(Jp2Header, ReadsGreyAndColour) {
    EXPECT_EQ(read_jp2_header(encode({})).value(), (Raster{240, 300, 1}));
    EXPECT_EQ(read_jp2_header(encode({.channels = 3, .ratio = 20})).value(), (Raster{240, 300, 3}));
    EXPECT_EQ(read_jp2_header(encode({.width = 1, .height = 1, .levels = 0})).value(), (Raster{1, 1, 1}));
    EXPECT_EQ(read_jp2_header(encode({.width = 1024, .height = 1024, .channels = 3, .ratio = 100})).value(),
              (Raster{1024, 1024, 3}));
}

TEST(Jp2Header, ReadsLayersLevelsAndPrecincts) {
    EXPECT_TRUE(read_jp2_header(encode({.levels = 3, .layers = 12})));
    EXPECT_TRUE(read_jp2_header(encode({.precinct = 64})));
}

TEST(Jp2Header, PassesOverCommentBoxes) {
    Bytes jp2 = encode({});
    const Bytes box{0, 0, 0, 11, 'x', 'm', 'l', ' ', 'h', 'u', 'h'};
    jp2.insert(jp2.begin() + static_cast<long>(find(jp2, "jp2h") - 4), box.begin(), box.end());
    EXPECT_TRUE(read_jp2_header(jp2));
}

TEST(Jp2Header, ReadsABoxThatRunsToTheEnd) {
    Bytes jp2 = encode({});
    const auto at = static_cast<long>(find(jp2, "jp2c"));
    std::fill(jp2.begin() + at - 4, jp2.begin() + at, std::uint8_t{0});
    EXPECT_TRUE(read_jp2_header(jp2));
}

TEST(Jp2Header, RefusesWhatIsNotAJp2File) {
    expect_refused({}, "not a JP2 file");
    expect_refused({0xFF, 0xD8, 0xFF, 0xE0}, "not a JP2 file");
    expect_refused(encode({.raw = true}), "not a JP2 file");
    expect_refused(Bytes(max_photo_bytes + 1), "larger than the limit");
    expect_refused(encode({.width = 1024, .height = 1024, .channels = 3, .ratio = 1}),
                   "larger than the limit");
}

TEST(Jp2Header, RefusesPicturesBeyondTheLimits) {
    expect_refused(encode({.width = 1025, .height = 8, .levels = 1}), "larger than the limit");
    expect_refused(encode({.width = 8, .height = 1025, .levels = 1}), "larger than the limit");
    expect_refused(encode({.channels = 4, .ratio = 20}), "neither grey nor");
    expect_refused(encode({.bits = 12}), "8 bit unsigned");
    expect_refused(encode({.is_signed = true}), "8 bit unsigned");
    expect_refused(encode({.subsampling = 2}), "subsampled");
    expect_refused(encode({.tile = 64}), "not one tile");
    expect_refused(encode({.layers = 80}), "too many layers");
    expect_refused(marked(0x52, 17, {0x11}, {.precinct = 64}), "too many precincts"); // 2 x 2 at full size
}

TEST(Jp2Header, RefusesHeadersThatLie) {
    expect_refused(patched("ihdr", 0, {0, 0, 0, 1}), "disagree");   // height
    expect_refused(patched("ihdr", 8, {0, 3}), "neither grey nor"); // components
    expect_refused(patched("ihdr", 4, {0xFF, 0xFF, 0xFF, 0xFF}), "larger than the limit");
    expect_refused(patched("colr", 3, {0, 0, 0, 18}), "neither grey nor"); // sYCC
    expect_refused(patched("colr", 0, {3}), "neither grey nor");           // any ICC profile
    expect_refused(marked(0x51, 4, {0x7F, 0xFF, 0xFF, 0xFF}), "larger than the limit");
    expect_refused(marked(0x51, 4, {0, 0, 0, 0}), "empty");
    expect_refused(marked(0x51, 20, {0, 0, 0, 1}), "not one tile"); // tile width 1: 240 x 1 tiles
    expect_refused(marked(0x51, 12, {0, 0, 0, 9}), "not one tile"); // picture offset
    expect_refused(marked(0x51, 36, {0xFF, 0xFF}), "neither grey nor");
}

TEST(Jp2Header, RefusesStructuresThatBreak) {
    expect_refused(patched("ftyp", -8 + 0UL, {0, 0, 0, 7}), "cut off"); // a box shorter than its own header
    expect_refused(patched("ftyp", -8 + 0UL, {0xFF, 0xFF, 0xFF, 0xFF}), "cut off");
    expect_refused(patched("ftyp", -4 + 0UL, {'j', 'u', 'n', 'k'}), "no file type");
    expect_refused(patched("jp2h", -4 + 0UL, {'j', 'u', 'n', 'k'}), "codestream before");
    expect_refused(patched("jp2c", -4 + 0UL, {'j', 'u', 'n', 'k'}), "no codestream");
    expect_refused(patched("colr", -4 + 0UL, {'p', 'c', 'l', 'r'}), "palette");
    expect_refused(marked(0x52, 0, {0, 0}), "truncated"); // a segment length below its own two bytes
    expect_refused(marked(0x52, 7, {32}), "too many wavelet levels");
    expect_refused(marked(0x52, 8, {8, 8}), "code-block");
    expect_refused(marked(0x5C, -2 + 0UL, {0xFF, 0x5F}), "does not belong"); // QCD becomes POC
    expect_refused(marked(0x90, 2, {0, 1}), "more than one tile");
    expect_refused(marked(0x90, 4, {0, 0, 0, 1}), "shorter than its header");
    expect_refused(marked(0x90, 4, {0x7F, 0, 0, 0}), "truncated");
}

// A card's photograph is signed: a cut one is damaged, however well a decoder would cope.
TEST(Jp2Header, RefusesEveryTruncation) {
    const Bytes jp2 = encode({.width = 32, .height = 32, .levels = 2});
    for (std::size_t length = 0; length < jp2.size(); ++length)
        EXPECT_FALSE(read_jp2_header(ByteView(jp2).first(length))) << length;
}

TEST(Jp2Header, SurvivesRandomDamage) {
    const Bytes good = encode({.width = 32, .height = 32, .levels = 2});
    std::mt19937 random(1);
    for (int round = 0; round < 20'000; ++round) {
        Bytes jp2 = good;
        for (int i = 0; i < 3; ++i)
            jp2[random() % 250 % jp2.size()] = static_cast<std::uint8_t>(random());
        if (const auto read = read_jp2_header(jp2)) {
            EXPECT_LE(read->width, max_side);
            EXPECT_LE(read->height, max_side);
        }
    }
}

} // namespace
} // namespace kaomon::photo
