#include "drivers/camera/jpeg.hpp"

#include "drivers/camera/jpeg_header.hpp"

#include <turbojpeg.h>

#include <charconv>
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

// Many webcams leave a few bytes between the last block and the end marker. The decoder warns of them after
// the last row is out, and stops at its first warning (TJFLAG_STOPONWARNING): so nothing before was damaged.
// Many such bytes are the rest of a picture whose blocks went wrong unnoticed.
bool harmless(tjhandle codec) {
    constexpr int few = 64; // bytes
    constexpr std::string_view start = "Corrupt JPEG data: ", end = " extraneous bytes before marker 0xd9";
    std::string_view warning = tjGetErrorStr2(codec);
    if (tjGetErrorCode(codec) != TJERR_WARNING || !warning.starts_with(start) || !warning.ends_with(end))
        return false;
    warning.remove_prefix(start.size());
    int count = few + 1;
    std::from_chars(warning.data(), warning.data() + warning.size(), count);
    return count <= few;
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
