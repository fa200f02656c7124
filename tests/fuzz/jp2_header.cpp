// Any bytes as a card's photograph: the header check ends, and what it lets through is within the limits.
#include "daemon/photo/jp2_header.hpp"

#include <cstddef>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kaomon::photo;
    const auto raster = read_jp2_header({data, size});
    if (!raster)
        return 0;
    if (raster->width < 1 || raster->width > max_side || raster->height < 1 || raster->height > max_side)
        std::abort();
    if (raster->channels != 1 && raster->channels != 3)
        std::abort();
    return 0;
}
