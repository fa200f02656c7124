// What a reader and the files beside it say of themselves: the first byte chooses the parser.
#include "tools/clinic/choose/driver_list.hpp"
#include "tools/clinic/choose/usb.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kaomon;
    if (size == 0)
        return 0;
    const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
    switch (data[0]) {
    case 'u': {
        const auto ccid = choose::parse_ccid({data + 1, size - 1});
        if (ccid && (ccid->slots < 1 || ccid->slots > 256))
            __builtin_trap();
        break;
    }
    default: {
        const auto list = choose::parse_driver_list(text);
        if (list && list->entries.empty())
            __builtin_trap();
    }
    }
    return 0;
}
