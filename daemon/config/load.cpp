#include "daemon/config/config.hpp"
#include "drivers/base/text_file.hpp"

#include <cerrno>
#include <cstring>

namespace kaomon::config {

kaomon::Result<Config> load_installed() {
    std::error_code error;
    if (!std::filesystem::exists(std::filesystem::symlink_status(installed_file, error)))
        return Config{};
    return load(installed_file);
}

kaomon::Result<Config> load(const std::filesystem::path& file) {
    const auto text = read_text_file(file, largest_file);
    if (!text)
        return fail(Reason::config_invalid,
                    file.string() + ":1: cannot be read: " + std::strerror(text.error()));
    return parse(*text, file.string());
}

kaomon::Result<Config> load_named(const std::string& file) {
    return file.empty() ? load_installed() : load(file);
}

} // namespace kaomon::config
