// Any text as an interface description.
#include "daemon/socket/idl.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kaomon::socket;
    const auto parsed = idl::parse({reinterpret_cast<const char*>(data), size});
    if (!parsed)
        return 0;
    for (const auto& method : parsed->methods) {
        if (parsed->method(method.name) == nullptr || !idl::is_field_name(method.name))
            std::abort();
    }
    return 0;
}
