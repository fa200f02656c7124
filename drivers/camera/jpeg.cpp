#include "drivers/camera/jpeg.hpp"

#include "drivers/camera/jpeg_filling.hpp"
#include "drivers/camera/jpeg_header.hpp"
#include "drivers/picture/jpeg_warning.hpp"
#include "drivers/picture/libjpeg.hpp"

#include <turbojpeg.h>

#include <csetjmp>
#include <memory>

namespace kaomon::camera {
namespace {

struct CloseCodec {
    void operator()(void* codec) const noexcept { tjDestroy(codec); }
};
using Codec = std::unique_ptr<void, CloseCodec>;

tjhandle compressor() {
    thread_local const Codec codec(tjInitCompress());
    return codec.get();
}

// Bytes that no block needed, besides filling: a few are a camera's habit; many are the rest of a picture
// whose blocks went wrong unnoticed.
constexpr unsigned few_stray = 64;

enum class Pass : std::uint8_t { whole, stray, damaged };

struct Decoder {
    jpeg_decompress_struct codec;
    jpeg_error_mgr errors;
    std::jmp_buf out;
    bool filling_is_gone; // the filling was taken out of the bytes beforehand
    bool rows_are_out;    // all of them
    bool stray;
};

Decoder& decoder_of(j_common_ptr codec) {
    return *static_cast<Decoder*>(codec->client_data);
}

[[noreturn]] void leave(j_common_ptr codec) {
    std::longjmp(decoder_of(codec).out, 1); // NOLINT(cert-err52-cpp): libjpeg is C and ends in no other way
}

void judge(j_common_ptr codec, int level) {
    if (level >= 0)
        return; // a trace, no warning
    Decoder& decoder = decoder_of(codec);
    const int code = codec->err->msg_code;
    switch (picture::meaning_of_jpeg_warning(code)) {
    case picture::JpegWarning::harmless:
        return;
    case picture::JpegWarning::stray:
        decoder.stray = true;
        if (decoder.filling_is_gone && code == JWRN_EXTRANEOUS_DATA &&
            static_cast<unsigned>(codec->err->msg_parm.i[0]) > few_stray)
            break;
        return;
    case picture::JpegWarning::damage:
        break;
    }
    decoder.rows_are_out = false;
    leave(codec);
}

// `rgb` holds the rows. A codec of its own for every picture: tables of the one before, which libjpeg keeps,
// would be taken for those that this one left out.
Pass decode_once(ByteView jpeg, const JpegHeader& header, bool filling_is_gone, std::uint8_t* rgb) {
    Decoder decoder{};
    decoder.filling_is_gone = filling_is_gone;
    decoder.codec.err = jpeg_std_error(&decoder.errors);
    decoder.errors.error_exit = leave;
    decoder.errors.emit_message = judge;
    decoder.codec.client_data = &decoder;
    jpeg_decompress_struct& codec = decoder.codec;
    if (setjmp(decoder.out) == 0) { // NOLINT(cert-err52-cpp)
        jpeg_create_decompress(&codec);
        jpeg_mem_src(&codec, jpeg.data(), jpeg.size());
        jpeg_read_header(&codec, TRUE);
        codec.out_color_space = JCS_RGB;
        codec.dct_method = JDCT_ISLOW;
        codec.do_fancy_upsampling = FALSE;
        // Frames without Huffman tables (usual with UVC) get the standard ones from libjpeg-turbo.
        jpeg_start_decompress(&codec);
        const auto width = static_cast<JDIMENSION>(header.width),
                   height = static_cast<JDIMENSION>(header.height);
        while (codec.output_width == width && codec.output_height == height &&
               codec.output_scanline < height) {
            JSAMPROW row = rgb + std::size_t{codec.output_scanline} * width * 3;
            jpeg_read_scanlines(&codec, &row, 1);
        }
        // What is wrong behind the last block (another picture, say) does not change the picture, so that an
        // error from here on is none.
        decoder.rows_are_out = codec.output_scanline == height;
        jpeg_finish_decompress(&codec);
    }
    jpeg_destroy_decompress(&codec);
    if (!decoder.rows_are_out)
        return Pass::damaged;
    return decoder.stray ? Pass::stray : Pass::whole;
}

} // namespace

Image decode_jpeg(ByteView jpeg, int longest_side) {
    const auto header = read_jpeg_header(jpeg);
    if (!header || header->width > longest_side || header->height > longest_side)
        return {};
    Image image{.width = header->width, .height = header->height, .channels = 3, .pixels = {}};
    image.pixels.resize(image.stride() * static_cast<std::size_t>(image.height));
    Pass pass = decode_once(jpeg, *header, false, image.pixels.data());
    // Stray bytes: the camera's filling, or the picture's own because blocks were made of filling. Without it
    // the decoder knows.
    if (pass == Pass::stray)
        pass = decode_once(without_filling(jpeg, header->scan), *header, true, image.pixels.data());
    if (pass == Pass::damaged)
        return {};
    return image;
}

SecretBytes encode_jpeg(const Image& rgb, int quality) {
    tjhandle codec = compressor();
    if (codec == nullptr || rgb.channels != 3 || rgb.empty())
        return {};
    unsigned long size = tjBufSize(rgb.width, rgb.height, TJSAMP_422);
    SecretBytes jpeg(size);
    unsigned char* target = jpeg.data();
    if (tjCompress2(codec, rgb.pixels.data(), rgb.width, 0, rgb.height, TJPF_RGB, &target, &size, TJSAMP_422,
                    quality, TJFLAG_NOREALLOC | TJFLAG_FASTDCT) != 0) {
        return {};
    }
    jpeg.resize(size);
    return jpeg;
}

} // namespace kaomon::camera
