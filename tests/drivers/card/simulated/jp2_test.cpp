#include "drivers/card/simulated/jp2.hpp"
#include "drivers/card/simulated/portrait.hpp"
#include "tests/drivers/card/simulated/sample_card.hpp"

#include <gtest/gtest.h>
#include <openjpeg.h>

#include <cstring>
#include <memory>
#include <random>

namespace kaomon::card::simulated {
namespace {

struct Source {
    ByteView bytes;
    std::size_t at = 0;
};
OPJ_SIZE_T read(void* into, OPJ_SIZE_T size, void* user) {
    auto& source = *static_cast<Source*>(user);
    const std::size_t count = std::min<std::size_t>(size, source.bytes.size() - source.at);
    if (count == 0)
        return static_cast<OPJ_SIZE_T>(-1);
    std::memcpy(into, source.bytes.data() + source.at, count);
    source.at += count;
    return count;
}

struct Decoded {
    opj_image_t* image = nullptr;
    std::uint32_t tiles = 0;
    ~Decoded() { opj_image_destroy(image); }
};
bool decode(ByteView jp2, Decoded& out) {
    Source source{jp2};
    opj_stream_t* stream = opj_stream_default_create(OPJ_TRUE);
    opj_stream_set_read_function(stream, read);
    opj_stream_set_user_data(stream, &source, nullptr);
    opj_stream_set_user_data_length(stream, jp2.size());
    opj_codec_t* codec = opj_create_decompress(OPJ_CODEC_JP2);
    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    opj_setup_decoder(codec, &parameters);
    const bool good = opj_read_header(stream, codec, &out.image) && opj_decode(codec, stream, out.image);
    opj_codestream_info_v2_t* info = opj_get_cstr_info(codec);
    if (info != nullptr)
        out.tiles = info->tw * info->th;
    opj_destroy_cstr_info(&info);
    opj_destroy_codec(codec);
    opj_stream_destroy(stream);
    return good;
}

TEST(Jp2, ThePortraitIsSmallAndComesBack) {
    const Image portrait = sample_portrait();
    const auto jp2 = encode_jp2(portrait, 7000);
    ASSERT_TRUE(jp2) << jp2.error().detail;
    EXPECT_LE(jp2->size(), 7000U);
    EXPECT_EQ(to_hex(ByteView(*jp2).first(8)), "0000000c6a502020"); // drivers/card/SPEC.md §4
    Decoded decoded;
    ASSERT_TRUE(decode(*jp2, decoded));
    EXPECT_EQ(decoded.tiles, 1U);
    ASSERT_EQ(decoded.image->numcomps, 1U);
    EXPECT_EQ(decoded.image->color_space, OPJ_CLRSPC_GRAY);
    EXPECT_EQ(decoded.image->comps[0].prec, 8U);
    ASSERT_EQ(decoded.image->comps[0].w, 240U);
    ASSERT_EQ(decoded.image->comps[0].h, 300U);
    double error = 0;
    for (std::size_t i = 0; i < portrait.pixels.size(); ++i) {
        error += std::abs(decoded.image->comps[0].data[i] - static_cast<int>(portrait.pixels[i]));
    }
    EXPECT_LT(error / static_cast<double>(portrait.pixels.size()), 3.0) << "grey levels, on the average";
}

TEST(Jp2, NoiseIsHeldToTheLimitToo) {
    std::mt19937 random(1);
    Image noise{240, 300, 1, SecretBytes(240 * 300)};
    for (auto& pixel : noise.pixels)
        pixel = static_cast<std::uint8_t>(random());
    for (const std::size_t largest : {8000U, 4000U}) {
        const auto jp2 = encode_jp2(noise, largest);
        ASSERT_TRUE(jp2);
        EXPECT_LE(jp2->size(), largest);
        Decoded decoded;
        EXPECT_TRUE(decode(*jp2, decoded));
    }
}

TEST(Jp2, WhatIsNotGreyIsRefused) {
    EXPECT_FALSE(encode_jp2({}, 7000));
    EXPECT_FALSE(encode_jp2({2, 2, 3, SecretBytes(12)}, 7000));
}

} // namespace
} // namespace kaomon::card::simulated
