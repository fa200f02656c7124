#include "drivers/card/mynumber/trust_folder.hpp"

#include "drivers/base/text_file.hpp"
#include "drivers/base/unique_fd.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

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
    auto text = kaomon::read_text(file.get(), largest_file);
    if (!text)
        return refuse("cannot be read");
    if (text->size() > largest_file)
        return refuse("is too large");
    return std::move(*text);
}

} // namespace

Result<std::vector<TrustText>> trust_files(const std::filesystem::path& folder, std::string_view extension) {
    std::error_code error;
    std::vector<std::filesystem::path> files;
    std::filesystem::directory_iterator entry(folder, error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        if (entry->path().extension() == extension)
            files.push_back(entry->path());
    }
    if (error)
        return fail(Reason::trust_store_invalid, folder.string() + ": " + error.message());
    if (files.size() > most_files)
        return fail(Reason::trust_store_invalid, folder.string() + ": too many files");
    std::ranges::sort(files);
    std::vector<TrustText> texts;
    for (const auto& path : files) {
        auto text = read_text(path);
        if (!text)
            return std::unexpected(std::move(text.error()));
        texts.push_back({path.string(), std::move(*text)});
    }
    return texts;
}

} // namespace kaomon::card::mynumber
