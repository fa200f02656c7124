// Any bytes as a picture that a person brings: its pixels, or what is wrong with it.
#include "drivers/picture/picture.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kaomon::picture;
    // Large pictures of few bytes take time and find nothing new; the limit has a test of its own.
    for (std::size_t at = 0; at + 9 < size; ++at) {
        const bool frame = data[at] == 0xff && data[at + 1] >= 0xc0 && data[at + 1] <= 0xcf;
        if (frame && ((data[at + 5] << 8 | data[at + 6]) > 512 || (data[at + 7] << 8 | data[at + 8]) > 512))
            return 0;
    }
    for (const Colours colours : {Colours::as_they_are, Colours::grey, Colours::rgb}) {
        const auto image = read_picture({data, size}, {.colours = colours, .smallest_side = 1});
        if (image ? image->pixels.size() != image->stride() * static_cast<std::size_t>(image->height) ||
                        (colours == Colours::grey && image->channels != 1) ||
                        (colours == Colours::rgb && image->channels != 3)
                  : image.error().detail.empty())
            std::abort();
    }
    return 0;
}
