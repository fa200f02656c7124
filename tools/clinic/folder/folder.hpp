// The clinic's folder: a few files of its own, which a person may read, edit and keep under version control.
// No secret goes into it, and nothing of a patient.
#pragma once

#include "tools/words/trouble.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::clinic {

inline constexpr std::size_t largest_file = 4U << 20U; // bytes; a measurement of a reader has some 100 kB

// Thread-bound. Names are relative, with '/': "steps.json", "measurements/readers/A.json".
class Folder {
  public:
    // $KAOMON_INTRODUCTION, else ~/kaomon-introduction.
    static std::filesystem::path usual();

    explicit Folder(std::filesystem::path root) : root_(std::move(root)) {}
    const std::filesystem::path& root() const noexcept { return root_; }
    std::filesystem::path at(std::string_view name) const { return root_ / name; }

    // The parsed file; nothing where there is none. A file that `parse` refuses is kept beside as NAME.bad
    // and the last one that could be read takes its place, which notices() tell; where there is no such one,
    // the file stays as it is and parse's trouble comes back.
    template<class T>
    Outcome<std::optional<T>> read(std::string_view name,
                                   const std::function<Outcome<T>(std::string_view)>& parse);

    // As one step: the file is the old or the new one, never half of it. Makes the folders it needs. What is
    // written through here is known to be good and becomes the last good one.
    Outcome<void> write(std::string_view name, std::string_view text);
    // The same for what can be made again (pages, calendars): no last good one is kept.
    Outcome<void> put(std::string_view name, std::string_view text);
    Outcome<void> remove(std::string_view name);
    // Names of the files in one of its folders that end with `ending`, in order.
    std::vector<std::string> list(std::string_view folder, std::string_view ending) const;

    // What had to be mended on the way, for standard error.
    const std::vector<Text>& notices() const noexcept { return notices_; }

  private:
    Outcome<std::optional<std::string>> load(std::string_view name) const;
    std::optional<std::string> last_good(std::string_view name) const;
    void remember(std::string_view name, std::string_view text) const;
    void put_back(std::string_view name, std::string_view good, const Trouble& why);

    std::filesystem::path root_;
    std::vector<Text> notices_;
};

template<class T>
Outcome<std::optional<T>> Folder::read(std::string_view name,
                                       const std::function<Outcome<T>(std::string_view)>& parse) {
    const auto text = load(name);
    if (!text)
        return std::unexpected(text.error());
    if (!*text)
        return std::optional<T>{};
    Outcome<T> parsed = parse(**text);
    if (parsed) {
        remember(name, **text);
        return std::optional<T>{std::move(*parsed)};
    }
    const auto good = last_good(name);
    if (!good)
        return std::unexpected(parsed.error());
    Outcome<T> before = parse(*good);
    if (!before)
        return std::unexpected(parsed.error());
    put_back(name, *good, parsed.error());
    return std::optional<T>{std::move(*before)};
}

} // namespace kaomon::clinic
