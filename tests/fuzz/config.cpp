// Any text as a configuration file: it is read or refused with the line, and what is read keeps the promises
// of the table.
#include "daemon/config/config.hpp"

#include <cstddef>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto config = kaomon::config::parse({reinterpret_cast<const char*>(data), size}, "f");
    if (!config) {
        if (!config.error().detail.starts_with("f:"))
            std::abort();
        return 0;
    }
    if (config->card.min_tries < 1 || config->card.min_tries > 10)
        std::abort();
    if (!config->audit.file.is_absolute() || config->socket.path.native().size() > 107)
        std::abort();
    return 0;
}
