// The clinic's profile: any bytes end in a profile or a trouble, and what was read prints and reads back.
#include "tools/clinic/folder/profile.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto profile = kaomon::clinic::parse_profile({reinterpret_cast<const char*>(data), size});
    if (profile && kaomon::clinic::parse_profile(kaomon::clinic::print_profile(*profile)) != *profile)
        std::abort();
    return 0;
}
