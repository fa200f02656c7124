#include "drivers/camera/frame.hpp"
#include "drivers/camera/jpeg.hpp"
#include "drivers/camera/raw.hpp"

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

Result<Image> decode_raw(const Frame& frame) {
    const std::size_t bytes = raw_layout(frame.format, frame.width, frame.height).bytes();
    if (bytes == 0 || frame.bytes.size() != bytes)
        return fail(Reason::frame_malformed, "the frame has not the bytes its size asks for");
    return rgb_from_raw(frame.format, frame.bytes, frame.width, frame.height);
}

} // namespace

Result<Image> decode(const Frame& frame) {
    if (frame.width < 1 || frame.height < 1 || frame.width > longest_side || frame.height > longest_side) {
        return fail(Reason::frame_malformed, "the frame's size is out of range");
    }
    return frame.format == PixelFormat::mjpeg ? decode_mjpeg(frame) : decode_raw(frame);
}

} // namespace kaomon::camera
