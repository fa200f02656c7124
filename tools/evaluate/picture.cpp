#include "tools/evaluate/picture.hpp"

#include <turbojpeg.h>

#include <algorithm>
#include <fstream>

namespace kaomon::evaluate {
namespace {

constexpr std::size_t largest_file = 32U << 20;        // bytes
constexpr int smallest_side = 16, largest_side = 8192; // pixels

Result<Image> decode_jpeg(ByteView jpeg) {
    const std::unique_ptr<void, decltype(&tjDestroy)> codec(tjInitDecompress(), tjDestroy);
    Image image;
    int subsampling = 0, colours = 0;
    if (!codec ||
        tjDecompressHeader3(codec.get(), jpeg.data(), jpeg.size(), &image.width, &image.height, &subsampling,
                            &colours) != 0 ||
        image.width <= 0 || image.height <= 0) // a file cut off early has no size, and no error
        return fail(Reason::photo_malformed, "a damaged JPEG file");
    const auto [least, most] = std::minmax(image.width, image.height);
    if (least < smallest_side || most > largest_side)
        return fail(Reason::photo_malformed, "a picture of under 16 or over 8192 pixels");
    image.channels = colours == TJCS_GRAY ? 1 : 3;
    image.pixels.resize(image.stride() * static_cast<std::size_t>(image.height));
    if (tjDecompress2(codec.get(), jpeg.data(), jpeg.size(), image.pixels.data(), image.width, 0,
                      image.height, image.channels == 1 ? TJPF_GRAY : TJPF_RGB, TJFLAG_ACCURATEDCT) != 0 &&
        tjGetErrorCode(codec.get()) != TJERR_WARNING)
        return fail(Reason::photo_malformed, "a damaged JPEG file");
    return image;
}

} // namespace

Result<SecretBytes> read_file(const std::filesystem::path& file) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error); // no folder and no device has one
    if (error)
        return fail(Reason::photo_malformed, "the file cannot be read");
    if (size == 0 || size > largest_file)
        return fail(Reason::photo_malformed, "a file that is empty or larger than 32 MiB");
    SecretBytes bytes(size);
    std::ifstream opened(file, std::ios::binary);
    if (!opened.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size)))
        return fail(Reason::photo_malformed, "the file cannot be read");
    return bytes;
}

Result<Image> decode_picture(ByteView file, photo::Decoder& photographs) {
    constexpr std::array<std::uint8_t, 2> jpeg{0xFF, 0xD8}, codestream{0xFF, 0x4F};
    constexpr std::array<std::uint8_t, 8> jp2{0, 0, 0, 0x0C, 'j', 'P', ' ', ' '};
    const auto starts = [&file](const auto& with) {
        return file.size() > with.size() && std::ranges::equal(file.first(with.size()), with);
    };
    if (starts(jpeg))
        return decode_jpeg(file);
    if (!starts(jp2) && !starts(codestream))
        return fail(Reason::photo_malformed, "neither JPEG nor JPEG 2000");
    auto image = photographs.decode(file);
    if (!image)
        return fail(Reason::photo_malformed, "a JPEG 2000 file that is damaged or beyond a card's limits");
    return image;
}

} // namespace kaomon::evaluate
