#include "tools/clinic/folder/folder.hpp"

#include "drivers/base/durable_file.hpp"
#include "tools/words/place.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

namespace kaomon::clinic {
namespace {

namespace fs = std::filesystem;

constexpr const char* last_good_folder = ".last-good";

// `why`: "FILE: why"
Trouble cannot(const char* ja, const char* en, const std::string& why) {
    return {exit_usage,
            "clinic_folder",
            {std::string(ja) + place_in(why) + "。", "cannot " + std::string(en) + " " + why},
            {"フォルダーの場所と権限、ディスクの空きを確かめてください（--folder で別の場所を選べます）。",
             "look at the folder's place and permissions and the space on the disk (--folder chooses another "
             "place)"}};
}

// As one step. The failure's detail names the file.
Result<void> replace(const fs::path& file, std::string_view text) {
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    if (error)
        return fail(Reason::config_invalid, file.parent_path().string() + ": " + error.message());
    return replace_file(file, text, Reason::config_invalid, {.mode = 0644});
}

std::optional<std::string> contents(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return std::nullopt;
    std::string text(largest_file + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    return text;
}

} // namespace

fs::path Folder::usual() {
    if (const char* named = std::getenv("KAOMON_INTRODUCTION"); named != nullptr && *named != '\0')
        return named;
    const char* home = std::getenv("HOME");
    return fs::path(home != nullptr && *home != '\0' ? home : ".") / "kaomon-introduction";
}

Outcome<std::optional<std::string>> Folder::load(std::string_view name) const {
    const fs::path file = at(name);
    std::error_code error;
    const auto status = fs::status(file, error);
    if (status.type() == fs::file_type::not_found)
        return std::optional<std::string>{};
    if (error)
        return std::unexpected(cannot("読めません", "read", file.string() + ": " + error.message()));
    if (status.type() != fs::file_type::regular)
        return std::unexpected(cannot("読めません", "read", file.string() + ": not a plain file"));
    auto text = contents(file);
    if (!text)
        return std::unexpected(cannot("読めません", "read", file.string() + ": " + std::strerror(errno)));
    if (text->size() > largest_file)
        return std::unexpected(cannot("読めません", "read", file.string() + ": larger than 4 MiB"));
    return text;
}

std::optional<std::string> Folder::last_good(std::string_view name) const {
    return contents(root_ / last_good_folder / name);
}

void Folder::remember(std::string_view name, std::string_view text) const {
    if (last_good(name) != text)
        (void)replace(root_ / last_good_folder / name, text); // a folder that is read only can still be read
}

void Folder::put_back(std::string_view name, std::string_view good, const Trouble& why) {
    const fs::path file = at(name);
    fs::path bad = file.string() + ".bad";
    const auto damaged = contents(file);
    for (int number = 2; fs::exists(bad) && contents(bad) != damaged; ++number)
        bad = file.string() + ".bad." + std::to_string(number);
    // in this order: at no time is there none
    const bool kept = damaged && replace(bad, *damaged) && replace(file, good);
    notices_.push_back(
        {std::string(name) + " が壊れていたため、最後に正しく読めた内容を使います。" +
             (kept ? "壊れたものは " + bad.filename().string() + " に残しました。" : std::string()) +
             why.what.ja,
         std::string(name) + " is damaged; the last good one is used" +
             (kept ? ", the damaged one is kept as " + bad.filename().string() : std::string()) + ": " +
             why.what.en});
}

Outcome<void> Folder::put(std::string_view name, std::string_view text) {
    if (const auto replaced = replace(at(name), text); !replaced)
        return std::unexpected(cannot("書けません", "write", replaced.error().detail));
    return {};
}

Outcome<void> Folder::write(std::string_view name, std::string_view text) {
    auto done = put(name, text);
    if (done)
        remember(name, text);
    return done;
}

Outcome<void> Folder::remove(std::string_view name) {
    std::error_code error;
    fs::remove(at(name), error);
    if (error)
        return std::unexpected(cannot("消せません", "remove", at(name).string() + ": " + error.message()));
    fs::remove(root_ / last_good_folder / name, error);
    return {};
}

std::vector<std::string> Folder::list(std::string_view folder, std::string_view ending) const {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(at(folder), error)) {
        std::string name = entry.path().filename().string();
        if (name.ends_with(ending) && entry.is_regular_file(error))
            names.push_back(std::string(folder) + "/" + name);
    }
    std::ranges::sort(names);
    return names;
}

} // namespace kaomon::clinic
