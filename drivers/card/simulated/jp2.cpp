#include "drivers/card/simulated/jp2.hpp"

#include <openjpeg.h>

#include <algorithm>
#include <memory>

namespace kaomon::card::simulated {
namespace {

struct Sink { // what OpenJPEG writes to: it goes back to fill in box lengths
    SecretBytes bytes;
    std::size_t at = 0;
};

OPJ_SIZE_T write(void* buffer, OPJ_SIZE_T size, void* user) {
    auto& sink = *static_cast<Sink*>(user);
    sink.bytes.resize(std::max(sink.bytes.size(), sink.at + size));
    const auto* from = static_cast<const std::uint8_t*>(buffer);
    std::copy(from, from + size, sink.bytes.begin() + static_cast<std::ptrdiff_t>(sink.at));
    sink.at += size;
    return size;
}
OPJ_BOOL seek(OPJ_OFF_T to, void* user) {
    static_cast<Sink*>(user)->at = static_cast<std::size_t>(to);
    return OPJ_TRUE;
}
OPJ_OFF_T skip(OPJ_OFF_T by, void* user) {
    auto& sink = *static_cast<Sink*>(user);
    sink.at = static_cast<std::size_t>(static_cast<OPJ_OFF_T>(sink.at) + by);
    return by;
}

template<class T>
using Owned = std::unique_ptr<T, void (*)(T*)>;

Owned<opj_image_t> image_of(const Image& grey) {
    opj_image_cmptparm_t component{};
    component.dx = component.dy = 1;
    component.w = static_cast<OPJ_UINT32>(grey.width);
    component.h = static_cast<OPJ_UINT32>(grey.height);
    component.prec = 8;
    Owned<opj_image_t> image(opj_image_create(1, &component, OPJ_CLRSPC_GRAY), opj_image_destroy);
    if (image) {
        image->x1 = component.w;
        image->y1 = component.h;
        std::copy(grey.pixels.begin(), grey.pixels.end(), image->comps[0].data);
    }
    return image;
}

bool encode(const Image& grey, float ratio, Sink& sink) {
    const Owned<opj_image_t> image = image_of(grey);
    const Owned<opj_codec_t> codec(opj_create_compress(OPJ_CODEC_JP2),
                                   [](opj_codec_t* owned) { opj_destroy_codec(owned); });
    const Owned<opj_stream_t> stream(opj_stream_default_create(OPJ_FALSE),
                                     [](opj_stream_t* owned) { opj_stream_destroy(owned); });
    if (!image || !codec || !stream)
        return false;
    opj_cparameters_t parameters;
    opj_set_default_encoder_parameters(&parameters);
    parameters.tcp_numlayers = 1;
    parameters.tcp_rates[0] = ratio; // of the uncompressed size
    parameters.cp_disto_alloc = 1;
    parameters.irreversible = 1; // the 9/7 wavelet: the better one at this size
    opj_stream_set_write_function(stream.get(), write);
    opj_stream_set_seek_function(stream.get(), seek);
    opj_stream_set_skip_function(stream.get(), skip);
    opj_stream_set_user_data(stream.get(), &sink, nullptr);
    return opj_setup_encoder(codec.get(), &parameters, image.get()) == OPJ_TRUE &&
           opj_start_compress(codec.get(), image.get(), stream.get()) == OPJ_TRUE &&
           opj_encode(codec.get(), stream.get()) == OPJ_TRUE &&
           opj_end_compress(codec.get(), stream.get()) == OPJ_TRUE;
}

} // namespace

Result<SecretBytes> encode_jp2(const Image& grey, std::size_t largest) {
    if (grey.channels != 1 || grey.empty())
        return fail(Reason::internal_error, "no grey picture to encode");
    const auto size = static_cast<float>(grey.pixels.size());
    float ratio = size / static_cast<float>(largest);
    for (int attempt = 0; attempt < 8;
         ++attempt) { // the rate limit leaves the boxes out: a little less each time
        Sink sink;
        if (!encode(grey, ratio, sink))
            return fail(Reason::internal_error, "JPEG 2000 encoder failed");
        if (sink.bytes.size() <= largest)
            return std::move(sink.bytes);
        ratio *= 1.05F;
    }
    return fail(Reason::internal_error, "the picture cannot be made that small");
}

} // namespace kaomon::card::simulated
