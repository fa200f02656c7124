// The list of clips and MJPEG files: any bytes end in clips and problems, frames lie within the bytes and
// begin and end with their markers.
#include "tools/evaluate/clip_list.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kaomon::evaluate;
    const auto list = parse_clip_list({reinterpret_cast<const char*>(data), size}, "/");
    for (const auto& clip : list.clips) {
        if (clip.label.empty() || clip.line == 0)
            std::abort();
    }
    for (const auto frame : split_mjpeg({data, size})) {
        if (frame.size() < 5 || frame[1] != 0xD8 || frame.back() != 0xD9)
            std::abort();
    }
    return 0;
}
