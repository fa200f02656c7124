// What vpcd sends, in pieces of any size.
#include "drivers/card/simulated/vpcd_frames.hpp"

#include <algorithm>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kaomon::card::simulated;
    VpcdFrames whole, pieces;
    whole.feed({data, size});
    std::size_t total = 0;
    for (std::size_t at = 0; at < size; at += 7) {
        pieces.feed({data + at, std::min<std::size_t>(7, size - at)});
        while (const auto message = pieces.next()) {
            if (whole.next() != message)
                std::abort();
            total += 2 + message->size();
        }
    }
    if (total > size || whole.next())
        std::abort();
    return 0;
}
