#include "drivers/base/text_file.hpp"

#include "drivers/base/system_call.hpp"
#include "drivers/base/unique_fd.hpp"

#include <fcntl.h>

#include <cerrno>

namespace kaomon {

std::expected<std::string, int> read_text_file(const std::filesystem::path& file, std::size_t most) {
    const UniqueFd opened(open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!opened)
        return std::unexpected(errno);
    return read_text(opened.get(), most);
}

std::expected<std::string, int> read_text(int descriptor, std::size_t most) {
    std::string text(most + 1, '\0');
    std::size_t filled = 0;
    while (filled < text.size()) {
        const ssize_t got =
            retried([&] { return read(descriptor, text.data() + filled, text.size() - filled); });
        if (got < 0)
            return std::unexpected(errno);
        if (got == 0)
            break;
        filled += static_cast<std::size_t>(got);
    }
    text.resize(filled);
    return text;
}

} // namespace kaomon
