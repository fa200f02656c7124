#include "tools/evaluate/clip_list.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>

namespace kaomon::evaluate {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_list = 1U << 20, largest_frame = 4U << 20,
                         largest_file = 512U << 20; // bytes
constexpr std::size_t longest_line = 4096, longest_label = 32, most_frames = 10'000;

bool is_label(std::string_view text) {
    return !text.empty() && text.size() <= longest_label && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

const char* what_is_wrong(std::string_view line, std::size_t tab) {
    if (line.size() > longest_line)
        return "longer than 4096 bytes";
    if (tab == std::string_view::npos || tab == 0)
        return "not a path and a label, separated by a tab";
    if (std::ranges::any_of(line.substr(0, tab), [](char c) { return static_cast<unsigned char>(c) < 0x20; }))
        return "a control character";
    if (!is_label(line.substr(tab + 1)))
        return "a label that is not bona-fide or a kind of attack in a-z, 0-9 and -, at most 32 long";
    return nullptr;
}

std::optional<SecretBytes> read_bytes(const fs::path& file, std::uintmax_t largest) {
    std::error_code error;
    const auto size = fs::file_size(file, error);
    std::ifstream in(file, std::ios::binary);
    if (error || !in || size > largest)
        return std::nullopt;
    SecretBytes bytes(size);
    in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
    return in ? std::optional(std::move(bytes)) : std::nullopt;
}

bool is_jpeg(const fs::path& file) {
    return file.extension() == ".jpg" || file.extension() == ".jpeg";
}

} // namespace

ClipList parse_clip_list(std::string_view text, const fs::path& folder) {
    ClipList list;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.empty() || line.starts_with('#'))
            continue;
        const auto tab = line.find('\t');
        if (const char* wrong = what_is_wrong(line, tab))
            list.problems.push_back({number, wrong});
        else
            list.clips.push_back({number, folder / line.substr(0, tab), std::string(line.substr(tab + 1))});
    }
    return list;
}

Outcome<ClipList> read_clip_list(const fs::path& file) {
    const auto bytes = read_bytes(file, largest_list);
    if (!bytes)
        return trouble(
            exit_usage, "list_unreadable",
            {"一覧ファイルを読めません（無いか、1 MiB を超えています）。",
             "the list cannot be read (it is not there, or larger than 1 MiB)"},
            {"1 行に 1 本、「パス」と「bona-fide "
             "または攻撃の種類」をタブで区切ったファイルを指定してください。",
             "name a file with one clip a line: its path, a tab, and bona-fide or the kind of attack"});
    return parse_clip_list({reinterpret_cast<const char*>(bytes->data()), bytes->size()}, file.parent_path());
}

std::vector<ByteView> split_mjpeg(ByteView bytes) {
    std::vector<ByteView> frames;
    std::optional<std::size_t> start;
    for (std::size_t i = 0; i + 1 < bytes.size() && frames.size() < most_frames; ++i) {
        if (bytes[i] != 0xFF)
            continue;
        if (!start && bytes[i + 1] == 0xD8 && i + 2 < bytes.size() && bytes[i + 2] == 0xFF) {
            start = i;
        } else if (start && i > *start + 2 &&
                   bytes[i + 1] == 0xD9) { // within the data of a picture FF stands before 00 alone
            if (i + 2 - *start <= largest_frame)
                frames.push_back(bytes.subspan(*start, i + 2 - *start));
            start.reset();
        }
    }
    return frames;
}

std::vector<SecretBytes> frames_of(const fs::path& path) {
    std::vector<SecretBytes> frames;
    std::error_code error;
    if (!fs::is_directory(path, error)) {
        const auto file = read_bytes(path, largest_file);
        if (!file)
            return frames;
        for (const ByteView frame : split_mjpeg(*file))
            frames.emplace_back(frame.begin(), frame.end());
        return frames;
    }
    std::vector<fs::path> names;
    for (const auto& entry : fs::directory_iterator(path, error)) {
        if (is_jpeg(entry.path()) && names.size() < most_frames)
            names.push_back(entry.path());
    }
    std::ranges::sort(names);
    for (const auto& name : names) {
        if (auto frame = read_bytes(name, largest_frame))
            frames.push_back(std::move(*frame));
    }
    return frames;
}

} // namespace kaomon::evaluate
