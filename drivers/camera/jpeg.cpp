#include "drivers/camera/jpeg.hpp"

#include "drivers/camera/jpeg_header.hpp"

#include <turbojpeg.h>

#include <memory>
#include <string_view>

namespace kaomon::camera {
namespace {

struct CloseCodec {
    void operator()(void* codec) const noexcept { tjDestroy(codec); }
};
using Codec = std::unique_ptr<void, CloseCodec>;

tjhandle decompressor() {
    thread_local const Codec codec(tjInitDecompress());
    return codec.get();
}

tjhandle compressor() {
    thread_local const Codec codec(tjInitCompress());
    return codec.get();
}

// Many webcams leave bytes between the last block and the end marker. The decoder warns of them after the
// last row is out, and stops at its first warning (TJFLAG_STOPONWARNING): so nothing before was damaged.
bool harmless(tjhandle codec) {
    const std::string_view warning = tjGetErrorStr2(codec);
    return tjGetErrorCode(codec) == TJERR_WARNING && warning.ends_with("extraneous bytes before marker 0xd9");
}

} // namespace

Image decode_jpeg(ByteView jpeg, int longest_side) {
    const auto header = read_jpeg_header(jpeg);
    if (!header || header->width > longest_side || header->height > longest_side)
        return {};
    tjhandle codec = decompressor();
    if (codec == nullptr)
        return {};
    Image image{.width = header->width, .height = header->height, .channels = 3, .pixels = {}};
    image.pixels.resize(image.stride() * static_cast<std::size_t>(image.height));
    // Frames without Huffman tables (usual with UVC) get the standard ones from libjpeg-turbo.
    constexpr int flags = TJFLAG_ACCURATEDCT | TJFLAG_FASTUPSAMPLE | TJFLAG_STOPONWARNING;
    if (tjDecompress2(codec, jpeg.data(), jpeg.size(), image.pixels.data(), image.width, 0, image.height,
                      TJPF_RGB, flags) != 0 &&
        !harmless(codec)) {
        return {};
    }
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
