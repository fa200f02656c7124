#include "drivers/card/simulated/store.hpp"

#include "drivers/base/durable_file.hpp"
#include "drivers/card/simulated/store_toml.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <optional>

namespace kaomon::card::simulated {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t largest_content = 0x7FFF; // bytes: what READ BINARY can reach

auto trouble(const fs::path& path, const char* what) {
    return fail(Reason::config_invalid, path.string() + ": " + what + ": " + std::strerror(errno));
}

// In one step: a killed process leaves the old file or the new one. Power cuts are not simulated.
Result<void> write_file(const fs::path& file, std::string_view content, mode_t mode = 0600) {
    return replace_file(file, content, Reason::config_invalid, {mode, Synced::no});
}

Result<SecretBytes> read_file(const fs::path& file) {
    const UniqueFd descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!descriptor)
        return trouble(file, "cannot be read");
    SecretBytes bytes(largest_content + 1);
    std::size_t size = 0;
    ssize_t got = 0;
    while (size < bytes.size() &&
           (got = ::read(descriptor.get(), bytes.data() + size, bytes.size() - size)) > 0) {
        size += static_cast<std::size_t>(got);
    }
    if (got < 0)
        return trouble(file, "cannot be read");
    if (size > largest_content)
        return fail(Reason::config_invalid, file.string() + ": larger than a card's file");
    bytes.resize(size);
    return bytes;
}

fs::path content_file(const fs::path& folder, const Application& application, const File& file) {
    return folder / "files" / file_label(application, file);
}

Result<std::string> read_text(const fs::path& file) {
    const auto bytes = read_file(file);
    if (!bytes)
        return std::unexpected(bytes.error());
    return std::string(bytes->begin(), bytes->end());
}

} // namespace

Result<void> save_text(const fs::path& file, std::string_view text) {
    return write_file(file, text, 0644);
}

Result<void> save_card(const fs::path& folder, const Contents& contents) {
    std::error_code error;
    if (fs::exists(folder / "card.toml", error)) {
        return fail(Reason::config_invalid,
                    folder.string() + " holds a card already; name another folder or delete it");
    }
    fs::create_directories(folder / "files", error);
    if (error)
        return fail(Reason::config_invalid, folder.string() + ": cannot be made: " + error.message());
    ::chmod((folder / "files").c_str(), 0700);
    for (const Application& application : contents.applications) {
        for (const File& file : application.files) {
            const std::string_view content(reinterpret_cast<const char*>(file.content.data()),
                                           file.content.size());
            if (auto written = write_file(content_file(folder, application, file), content); !written)
                return written;
        }
    }
    if (auto written = save_tries(folder, contents); !written)
        return written;
    return save_text(folder / "card.toml", card_as_toml(contents)); // last: a folder with it is a whole card
}

Result<void> save_tries(const fs::path& folder, const Contents& contents) {
    return save_text(folder / "tries.toml", tries_as_toml(contents));
}

Result<Contents> load_card(const fs::path& folder) {
    const auto description = read_text(folder / "card.toml");
    if (!description)
        return std::unexpected(description.error());
    auto contents = card_from_toml(*description, (folder / "card.toml").string());
    if (!contents)
        return contents;
    for (Application& application : contents->applications) {
        for (File& file : application.files) {
            auto bytes = read_file(content_file(folder, application, file));
            if (!bytes)
                return std::unexpected(bytes.error());
            file.content = std::move(*bytes);
        }
    }
    const auto tries = read_text(folder / "tries.toml");
    if (!tries)
        return std::unexpected(tries.error());
    if (auto taken = take_tries(*contents, *tries, (folder / "tries.toml").string()); !taken) {
        return std::unexpected(taken.error());
    }
    return contents;
}

Result<StoredCard> StoredCard::open(const fs::path& folder) {
    UniqueFd lock(::open((folder / "card.toml").c_str(), O_RDONLY | O_CLOEXEC));
    if (!lock)
        return trouble(folder, "no card there");
    if (flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
        return fail(Reason::config_invalid,
                    folder.string() + ": the card is in another reader (held by a process)");
    }
    auto contents = load_card(folder);
    if (!contents)
        return std::unexpected(contents.error());
    const auto keep = [folder](const Contents& now) { return save_tries(folder, now).has_value(); };
    return StoredCard(std::move(lock), std::make_shared<Card>(std::move(*contents), keep));
}

} // namespace kaomon::card::simulated
