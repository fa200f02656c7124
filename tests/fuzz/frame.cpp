// Any bytes as a frame of a camera. First byte: pixel format; two pairs: width and height; the rest: the
// frame.
#include "drivers/camera/frame.hpp"

#include <cstddef>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kaomon::camera;
    constexpr std::size_t head = 5;
    if (size < head)
        return 0;
    Frame frame{.width = data[1] << 8 | data[2],
                .height = data[3] << 8 | data[4],
                .format = static_cast<PixelFormat>(data[0] % 6),
                .bytes = {data + head, data + size},
                .captured = {}};
    // Large pictures of few bytes take time and find nothing new; the limits have tests of their own.
    if (frame.width > 512 || frame.height > 512)
        return 0;
    const auto image = decode(frame);
    if (image && image->pixels.size() != image->stride() * static_cast<std::size_t>(frame.height))
        std::abort();
    return 0;
}
