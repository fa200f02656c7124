#include "drivers/camera/frame.hpp"
#include "drivers/camera/jpeg.hpp"
#include "drivers/camera/yuyv.hpp"

#include <algorithm>

namespace kaomon::camera {
namespace {

constexpr int longest_side = 4096; // pixels
constexpr std::size_t largest_jpeg = std::size_t{16}
                                     << 20; // bytes; 4096 x 4096 at best quality is about 10 MiB

Result<Image> decode_mjpeg(const Frame& frame) {
    if (frame.bytes.size() > largest_jpeg)
        return fail(Reason::frame_malformed, "the JPEG is too large");
    Image image = decode_jpeg(frame.bytes, longest_side);
    if (image.empty())
        return fail(Reason::frame_malformed, "the JPEG is damaged or of an unsupported kind");
    if (image.width != frame.width || image.height != frame.height) {
        return fail(Reason::frame_malformed, "the JPEG is of another size than the stream");
    }
    return image;
}

Result<Image> decode_raw(const Frame& frame, std::size_t bytes_per_pixel) {
    const std::size_t pixels = static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height);
    if (frame.bytes.size() != pixels * bytes_per_pixel) {
        return fail(Reason::frame_malformed, "the frame has not the bytes its size asks for");
    }
    Image image{.width = frame.width, .height = frame.height, .channels = 3, .pixels = {}};
    if (frame.format == PixelFormat::rgb24) {
        image.pixels = frame.bytes;
    } else {
        if (frame.width % 2 != 0)
            return fail(Reason::frame_malformed, "an odd width cannot be YUYV");
        image.pixels.resize(pixels * 3);
        rgb_from_yuyv(frame.bytes.data(), pixels, image.pixels.data());
    }
    return image;
}

} // namespace

Result<Image> decode(const Frame& frame) {
    if (frame.width < 1 || frame.height < 1 || frame.width > longest_side || frame.height > longest_side) {
        return fail(Reason::frame_malformed, "the frame's size is out of range");
    }
    switch (frame.format) {
    case PixelFormat::mjpeg:
        return decode_mjpeg(frame);
    case PixelFormat::yuyv:
        return decode_raw(frame, 2);
    case PixelFormat::rgb24:
        return decode_raw(frame, 3);
    }
    return fail(Reason::frame_malformed, "an unknown pixel format");
}

} // namespace kaomon::camera
