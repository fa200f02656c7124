#include "drivers/card/mynumber/trust_store.hpp"

#include "drivers/base/unique_fd.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <system_error>

namespace kaomon::card::mynumber {
namespace {

constexpr std::size_t largest_file = 256 * 1024; // bytes
constexpr std::size_t most_files = 64;

// The file is opened first and asked about afterwards, so that what was asked about is what is read.
Result<std::string> read_text(const std::filesystem::path& path) {
    const auto refuse = [&](std::string_view why) {
        return fail(Reason::trust_store_invalid, path.string() + ": " + std::string(why));
    };
    const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status{};
    if (!file || fstat(file.get(), &status) != 0)
        return refuse("cannot be read");
    if (!S_ISREG(status.st_mode))
        return refuse("is no file");
    if ((status.st_mode & S_IWOTH) != 0)
        return refuse("everybody may write to it");
    std::string text(largest_file + 1, '\0');
    std::size_t size = 0;
    while (size < text.size()) {
        const auto got = ::read(file.get(), text.data() + size, text.size() - size);
        if (got < 0)
            return refuse("cannot be read");
        if (got == 0)
            break;
        size += static_cast<std::size_t>(got);
    }
    if (size > largest_file)
        return refuse("is too large");
    text.resize(size);
    return text;
}

} // namespace

Hierarchy hierarchy_of(const KeyId& id) noexcept {
    switch (id[0]) {
    case '5':
        return Hierarchy::production;
    case '6':
        return Hierarchy::test;
    case '9':
        return Hierarchy::simulated;
    default:
        return Hierarchy::unknown;
    }
}

const TrustedKey* TrustStore::find(const KeyId& id) const noexcept {
    const auto found = std::ranges::find(keys_, id, &TrustedKey::id);
    return found == keys_.end() ? nullptr : &*found;
}

Result<TrustStore> TrustStore::load(const std::filesystem::path& folder) {
    std::error_code error;
    std::vector<std::filesystem::path> files;
    std::filesystem::directory_iterator entry(folder, error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        if (entry->path().extension() == ".toml")
            files.push_back(entry->path());
    }
    if (error)
        return fail(Reason::trust_store_invalid, folder.string() + ": " + error.message());
    if (files.size() > most_files)
        return fail(Reason::trust_store_invalid, folder.string() + ": too many files");
    std::ranges::sort(files);

    TrustStore store;
    for (const auto& path : files) {
        const auto text = read_text(path);
        if (!text)
            return std::unexpected(text.error());
        auto keys = parse_trust_file(*text, path.string());
        if (!keys)
            return std::unexpected(keys.error());
        for (auto& key : *keys) {
            if (store.find(key.id) != nullptr) {
                return fail(Reason::trust_store_invalid,
                            path.string() + ": key " + to_hex(key.id) + " stands twice");
            }
            store.add(std::move(key));
        }
    }
    return store;
}

} // namespace kaomon::card::mynumber
