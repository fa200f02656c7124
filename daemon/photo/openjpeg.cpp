#include "daemon/photo/openjpeg.hpp"

#include <openjpeg.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace kaomon::photo {
namespace {

struct Source {
    ByteView bytes;
    std::size_t at = 0;
};

// OpenJPEG pulls its input through these three; (OPJ_SIZE_T)-1 and -1 are its words for the end.
OPJ_SIZE_T read(void* into, OPJ_SIZE_T wanted, void* user) {
    auto& source = *static_cast<Source*>(user);
    const std::size_t given = std::min(wanted, source.bytes.size() - source.at);
    if (given == 0)
        return static_cast<OPJ_SIZE_T>(-1);
    std::memcpy(into, source.bytes.data() + source.at, given);
    source.at += given;
    return given;
}

OPJ_OFF_T skip(OPJ_OFF_T distance, void* user) {
    auto& source = *static_cast<Source*>(user);
    if (distance < 0 || static_cast<std::size_t>(distance) > source.bytes.size() - source.at)
        return -1;
    source.at += static_cast<std::size_t>(distance);
    return distance;
}

OPJ_BOOL seek(OPJ_OFF_T position, void* user) {
    auto& source = *static_cast<Source*>(user);
    if (position < 0 || static_cast<std::size_t>(position) > source.bytes.size())
        return OPJ_FALSE;
    source.at = static_cast<std::size_t>(position);
    return OPJ_TRUE;
}

bool acceptable(const opj_image_t& image) {
    if (image.numcomps != 1 && image.numcomps != 3)
        return false;
    for (OPJ_UINT32 i = 0; i < image.numcomps; ++i) {
        const auto& component = image.comps[i];
        if (component.w == 0 || component.h == 0 || component.w > max_side || component.h > max_side)
            return false;
        if (component.w != image.comps[0].w || component.h != image.comps[0].h)
            return false;
        if (component.dx != 1 || component.dy != 1 || component.prec != 8 || component.sgnd != 0)
            return false;
        if (component.alpha != 0 || component.data == nullptr)
            return false;
    }
    if (image.numcomps == 3)
        return image.color_space == OPJ_CLRSPC_SRGB;
    return image.color_space == OPJ_CLRSPC_GRAY || image.icc_profile_buf != nullptr;
}

} // namespace

std::optional<Picture> unpack(ByteView jp2) {
    const std::unique_ptr<opj_codec_t, decltype(&opj_destroy_codec)> codec(
        opj_create_decompress(OPJ_CODEC_JP2), opj_destroy_codec);
    // 64 KiB of buffer: the whole file in one read, where OpenJPEG's own default is 1 MiB
    const std::unique_ptr<opj_stream_t, decltype(&opj_stream_destroy)> stream(
        opj_stream_create(max_photo_bytes, OPJ_TRUE), opj_stream_destroy);
    if (codec == nullptr || stream == nullptr)
        return std::nullopt;

    Source source{jp2};
    opj_stream_set_user_data(stream.get(), &source, nullptr);
    opj_stream_set_user_data_length(stream.get(), jp2.size());
    opj_stream_set_read_function(stream.get(), read);
    opj_stream_set_skip_function(stream.get(), skip);
    opj_stream_set_seek_function(stream.get(), seek);

    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    opj_image_t* raw = nullptr;
    bool decoded = opj_setup_decoder(codec.get(), &parameters) == OPJ_TRUE &&
                   opj_decoder_set_strict_mode(codec.get(), OPJ_TRUE) == OPJ_TRUE &&
                   opj_read_header(stream.get(), codec.get(), &raw) == OPJ_TRUE;
    const std::unique_ptr<opj_image_t, decltype(&opj_image_destroy)> image(raw, opj_image_destroy);
    decoded = decoded && image != nullptr && image->x1 - image->x0 <= max_side &&
              image->y1 - image->y0 <= max_side && // before memory for pixels is taken
              opj_decode(codec.get(), stream.get(), image.get()) == OPJ_TRUE &&
              opj_end_decompress(codec.get(), stream.get()) == OPJ_TRUE;
    if (!decoded || !acceptable(*image))
        return std::nullopt;

    const std::size_t channels = image->numcomps;
    const std::size_t count = std::size_t{image->comps[0].w} * image->comps[0].h;
    Picture picture{{static_cast<int>(image->comps[0].w), static_cast<int>(image->comps[0].h),
                     static_cast<int>(channels)},
                    Bytes(count * channels)};
    for (std::size_t c = 0; c < channels; ++c)
        for (std::size_t i = 0; i < count; ++i)
            picture.pixels[i * channels + c] =
                static_cast<std::uint8_t>(std::clamp(image->comps[c].data[i], 0, 255));
    return picture;
}

} // namespace kaomon::photo
