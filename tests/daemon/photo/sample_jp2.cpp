#include "tests/daemon/photo/sample_jp2.hpp"

#include <openjpeg.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

namespace kaomon::photo::testing {
namespace {

struct Sink {
    Bytes bytes;
    std::size_t at = 0;
};

OPJ_SIZE_T write(void* from, OPJ_SIZE_T count, void* user) {
    auto& sink = *static_cast<Sink*>(user);
    if (sink.bytes.size() < sink.at + count)
        sink.bytes.resize(sink.at + count);
    std::memcpy(sink.bytes.data() + sink.at, from, count);
    sink.at += count;
    return count;
}

OPJ_OFF_T skip(OPJ_OFF_T distance, void* user) {
    static_cast<Sink*>(user)->at += static_cast<std::size_t>(distance);
    return distance;
}

OPJ_BOOL seek(OPJ_OFF_T position, void* user) {
    static_cast<Sink*>(user)->at = static_cast<std::size_t>(position);
    return OPJ_TRUE;
}

void require(bool done, const char* what) {
    if (!done)
        throw std::runtime_error(what);
}

} // namespace

Bytes pattern(const Sample& sample) {
    Bytes pixels;
    for (int y = 0; y < sample.height; ++y)
        for (int x = 0; x < sample.width; ++x)
            for (int c = 0; c < sample.channels; ++c) {
                const double wave =
                    std::sin(x * 0.11 + c) * std::cos(y * 0.07) * 60 + std::sin(x * y * 0.01) * 20;
                pixels.push_back(static_cast<std::uint8_t>(128 + wave + (x + 2 * y + 40 * c) % 17));
            }
    return pixels;
}

Bytes encode(const Sample& sample) {
    opj_cparameters_t parameters;
    opj_set_default_encoder_parameters(&parameters);
    parameters.numresolution = sample.levels + 1;
    parameters.irreversible = sample.ratio > 1 ? 1 : 0;
    parameters.tcp_mct = sample.channels == 3 && sample.subsampling == 1 ? 1 : 0;
    parameters.cp_disto_alloc = 1;
    parameters.tcp_numlayers = sample.layers;
    for (int i = 0; i < sample.layers; ++i)
        parameters.tcp_rates[i] = sample.ratio > 1 ? sample.ratio * static_cast<float>(sample.layers - i) : 0;
    if (sample.tile > 0) {
        parameters.tile_size_on = OPJ_TRUE;
        parameters.cp_tdx = parameters.cp_tdy = sample.tile;
    }
    if (sample.precinct > 0) {
        parameters.csty |= 1;
        parameters.res_spec = 1;
        parameters.prcw_init[0] = parameters.prch_init[0] = sample.precinct;
    }
    const auto side = [&](int full) {
        return static_cast<OPJ_UINT32>((full + sample.subsampling - 1) / sample.subsampling);
    };
    std::array<opj_image_cmptparm_t, 4> components{};
    for (auto& component : components) {
        component.dx = component.dy = static_cast<OPJ_UINT32>(sample.subsampling);
        component.w = side(sample.width);
        component.h = side(sample.height);
        component.prec = static_cast<OPJ_UINT32>(sample.bits);
        component.sgnd = sample.is_signed ? 1 : 0;
    }
    opj_image_t* image = opj_image_create(static_cast<OPJ_UINT32>(sample.channels), components.data(),
                                          sample.channels < 3 ? OPJ_CLRSPC_GRAY : OPJ_CLRSPC_SRGB);
    require(image != nullptr, "opj_image_create");
    image->x1 = static_cast<OPJ_UINT32>(sample.width);
    image->y1 = static_cast<OPJ_UINT32>(sample.height);
    const Bytes pixels = pattern(sample);
    for (OPJ_UINT32 c = 0; c < image->numcomps; ++c)
        for (std::size_t i = 0; i < std::size_t{components[0].w} * components[0].h; ++i)
            image->comps[c].data[i] = pixels[i * image->numcomps + c] - (sample.is_signed ? 128 : 0);

    Sink sink;
    opj_codec_t* codec = opj_create_compress(sample.raw ? OPJ_CODEC_J2K : OPJ_CODEC_JP2);
    opj_stream_t* stream = opj_stream_create(1 << 16, OPJ_FALSE);
    opj_stream_set_user_data(stream, &sink, nullptr);
    opj_stream_set_write_function(stream, write);
    opj_stream_set_skip_function(stream, skip);
    opj_stream_set_seek_function(stream, seek);
    require(opj_setup_encoder(codec, &parameters, image) == OPJ_TRUE, "opj_setup_encoder");
    require(opj_start_compress(codec, image, stream) == OPJ_TRUE, "opj_start_compress");
    require(opj_encode(codec, stream) == OPJ_TRUE, "opj_encode");
    require(opj_end_compress(codec, stream) == OPJ_TRUE, "opj_end_compress");
    opj_stream_destroy(stream);
    opj_destroy_codec(codec);
    opj_image_destroy(image);
    return sink.bytes;
}

} // namespace kaomon::photo::testing
