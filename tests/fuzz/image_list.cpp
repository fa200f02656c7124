// The list of images of an evaluation: any bytes end in entries and problems that fit each other.
#include "tools/evaluate/list.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto list = kaomon::evaluate::parse_list({reinterpret_cast<const char*>(data), size}, "/");
    for (const auto& entry : list.entries) {
        if (entry.person >= list.people || entry.group >= list.groups.size() || entry.line == 0)
            std::abort();
    }
    return 0;
}
