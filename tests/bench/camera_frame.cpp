#include "tests/bench/camera_frame.hpp"

#include <turbojpeg.h>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <vector>

namespace kaomon::bench {

camera::Frame mjpeg_frame() {
    std::ifstream file(KAOMON_SOURCE_DIR "/models/demo/obama.jpg", std::ios::binary);
    if (!file)
        throw std::runtime_error("no demo photographs: run tools/models/fetch --demo");
    const std::vector<char> bytes((std::istreambuf_iterator<char>(file)), {});
    camera::Frame still{
        .width = 910, .height = 1137, .format = camera::PixelFormat::mjpeg, .bytes = {}, .captured = {}};
    still.bytes.assign(bytes.begin(), bytes.end());
    const auto portrait = camera::decode(still);
    if (!portrait)
        throw std::runtime_error("the demo photograph is no JPEG file");
    const auto* part = portrait->pixels.data() + 60 * portrait->stride() + std::size_t{100} * 3;

    constexpr int width = 640, height = 480;
    const tjhandle compressor = tjInitCompress();
    unsigned char* jpeg = nullptr;
    unsigned long size = 0;
    tjCompress2(compressor, part, width, static_cast<int>(portrait->stride()), height, TJPF_RGB, &jpeg, &size,
                TJSAMP_422, 85, 0);
    camera::Frame frame{
        .width = width, .height = height, .format = camera::PixelFormat::mjpeg, .bytes = {}, .captured = {}};
    frame.bytes.assign(jpeg, jpeg + size);
    tjFree(jpeg);
    tjDestroy(compressor);
    return frame;
}

} // namespace kaomon::bench
