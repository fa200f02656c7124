// The record of a measured candidate: any bytes end in a measurement or a trouble.
#include "tools/clinic/choose/measurement.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto read = kaomon::choose::parse({reinterpret_cast<const char*>(data), size});
    if (read && !kaomon::choose::parse(kaomon::choose::print(*read)))
        std::abort();
    return 0;
}
