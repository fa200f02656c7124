// Any bytes as a card's photograph, on the whole way: what the header check lets through, OpenJPEG refuses or
// decodes to the picture that the header promised. The glue around OpenJPEG is compiled here with sanitizers,
// which its cage forbids.
#include "daemon/photo/jp2_header.hpp"
#include "daemon/photo/openjpeg.hpp"

#include <cstddef>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kaomon::photo;
    const auto promised = read_jp2_header({data, size});
    // Large pictures of few bytes take time and find nothing new; the limits have tests of their own.
    if (!promised || promised->width > 256 || promised->height > 256)
        return 0;
    const auto picture = unpack({data, size});
    if (!picture)
        return 0;
    if (picture->raster != *promised)
        std::abort();
    const auto& [width, height, channels] = picture->raster;
    if (picture->pixels.size() != static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                                      static_cast<std::size_t>(channels))
        std::abort();
    return 0;
}
