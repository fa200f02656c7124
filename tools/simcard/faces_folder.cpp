// faces-folder: the marked test folder for a receipt system that polls files.
#include "drivers/base/durable_file.hpp"
#include "tools/simcard/commands.hpp"
#include "tools/simcard/face_file.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <iostream>

namespace kaomon::tools::simcard {
namespace {

namespace fs = std::filesystem;

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](unsigned char one) { return static_cast<char>(std::tolower(one)); });
    return text;
}

// The terminal's folders and the names under which it shares them.
constexpr std::array<std::string_view, 4> live{"oqs", "face", "req", "res"};

// Why nothing may be written there; empty: it may.
std::string unfit(const fs::path& folder) {
    if (!lower(folder.filename().string()).starts_with(faces_folder_mark))
        return "the folder's name must begin with " + std::string(faces_folder_mark) +
               ", so that nobody takes it for a live one";
    for (const fs::path& part : folder) {
        if (std::ranges::find(live, lower(part.string())) != live.end())
            return part.string() + " is the name of a folder of the terminal: test files never go under one";
    }
    std::error_code error;
    if (fs::exists(folder, error) && !(fs::is_directory(folder, error) && fs::is_empty(folder, error)))
        return "it is not empty, or no folder";
    return {};
}

std::string readme(const std::vector<FaceFile>& files) {
    std::string text =
        "試験用のファイルです。実在の人のものは一つもありません。\n"
        "本物の OQS\\face "
        "フォルダーや、動いているシステムが見ているフォルダーには、決して置かないでください。\n"
        "Kaomon は公式の端末の代わりではなく、本物のファイルを書くことはありません。\n\n"
        "Test files: none is of a real person. Never put them into a live OQS\\face folder, or where a "
        "system in use looks.\n"
        "The shape is known from programs that read real files, not from the official specification.\n\n";
    for (const FaceFile& file : files)
        text += file.name + "\n    " + file.japanese + "\n    " + file.english + "\n";
    return text;
}

} // namespace

int faces_folder(const FacesFolderOptions& options) {
    std::error_code error;
    fs::path folder = fs::weakly_canonical(fs::absolute(options.into), error); // where a link leads
    if (!error && !folder.has_filename())
        folder = folder.parent_path(); // of "DIR/"
    if (error)
        return complain(options.into + ": " + error.message());
    if (const auto why = unfit(folder); !why.empty())
        return complain(options.into + ": " + why);
    const auto files = face_files(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    if (!files)
        return complain(files.error().detail);
    fs::create_directories(folder, error);
    if (error)
        return complain(options.into + ": " + error.message());
    constexpr Placing shown{.mode = 0644, .synced = Synced::no};
    boost::json::array told;
    auto placed = create_file(folder / "README.txt", readme(*files), Reason::config_invalid,
                              shown); // before any of them
    for (const FaceFile& file : *files) {
        if (placed)
            placed = create_file(folder / file.name, file.xml, Reason::config_invalid, shown);
        told.push_back({{"file", file.name}, {"ja", file.japanese}, {"en", file.english}});
    }
    if (!placed)
        return complain(placed.error().detail);
    if (options.json)
        std::cout << boost::json::serialize(
                         boost::json::object{{"folder", folder.string()}, {"test", true}, {"files", told}})
                  << "\n";
    else
        std::cout << files->size() << " test files and README.txt are in " << folder.string() << "\n";
    return 0;
}

} // namespace kaomon::tools::simcard
