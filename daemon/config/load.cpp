#include "daemon/config/config.hpp"
#include "drivers/base/unique_fd.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstring>

namespace kaomon::config {

kaomon::Result<Config> load(const std::filesystem::path& file) {
    const auto refuse = [&file](const char* why) {
        return fail(Reason::config_invalid, file.string() + ":1: cannot be read: " + why);
    };
    const UniqueFd opened(open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!opened && errno == ENOENT)
        return Config{};
    if (!opened)
        return refuse(std::strerror(errno));
    std::string text(64 * 1024 + 1, '\0'); // one more than parse() accepts
    std::size_t size = 0;
    while (size < text.size()) {
        const ssize_t got = read(opened.get(), text.data() + size, text.size() - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return refuse(std::strerror(errno));
        if (got == 0)
            break;
        size += static_cast<std::size_t>(got);
    }
    text.resize(size);
    return parse(text, file.string());
}

} // namespace kaomon::config
