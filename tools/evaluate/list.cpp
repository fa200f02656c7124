#include "tools/evaluate/list.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <unordered_map>

namespace kaomon::evaluate {
namespace {

constexpr std::size_t longest_line = 4096; // bytes
constexpr std::size_t longest_group = 64;  // bytes
constexpr std::size_t most_groups = 64;

struct Fields {
    std::array<std::string_view, 3> text;
    std::size_t count = 0; // counts on beyond the third
};

Fields split(std::string_view line) {
    Fields fields;
    while (true) {
        const auto tab = line.find('\t');
        if (fields.count < fields.text.size())
            fields.text[fields.count] = line.substr(0, tab);
        ++fields.count;
        if (tab == std::string_view::npos)
            return fields;
        line.remove_prefix(tab + 1);
    }
}

bool has_control(std::string_view text) {
    return std::ranges::any_of(text,
                               [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

const char* what_is_wrong(std::string_view line, const Fields& fields) {
    if (line.size() > longest_line)
        return "longer than 4096 bytes";
    if (fields.count < 2 || fields.count > 3)
        return "not path, person and an optional group, separated by tabs";
    if (std::ranges::any_of(fields.text, has_control))
        return "a control character";
    if (fields.text[0].empty())
        return "an empty path";
    if (fields.text[1].empty())
        return "an empty person (use - for one who is on no other line)";
    if (fields.text[2].size() > longest_group)
        return "a group of more than 64 bytes";
    return nullptr;
}

} // namespace

List parse_list(std::string_view text, const std::filesystem::path& folder) {
    List list;
    std::unordered_map<std::string_view, std::uint32_t> people;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.empty() || line.starts_with('#'))
            continue;
        const Fields fields = split(line);
        if (const char* wrong = what_is_wrong(line, fields)) {
            list.problems.push_back({number, wrong});
            continue;
        }
        auto group = std::ranges::find(list.groups, fields.text[2]);
        if (group == list.groups.end()) {
            if (list.groups.size() == most_groups) {
                list.problems.push_back({number, "more than 64 groups"});
                continue;
            }
            group = list.groups.insert(group, std::string(fields.text[2]));
        }
        std::uint32_t person = list.people;
        if (fields.text[1] != "-")
            person = people.emplace(fields.text[1], person).first->second;
        list.people = std::max(list.people, person + 1);
        list.entries.push_back({.line = number,
                                .path = folder / fields.text[0],
                                .person = person,
                                .group = static_cast<std::uint32_t>(group - list.groups.begin()),
                                .hint = fields.text[1].starts_with('?')});
    }
    return list;
}

Outcome<List> read_list(const std::filesystem::path& file) {
    const auto refuse = [](const char* ja, const char* en) {
        return trouble(
            exit_usage, "list_unreadable", {ja, en},
            {"1 行に 1 枚、「パス、人、グループ（省略可）」をタブで区切ったファイルを指定してください。",
             "name a file with one image a line: path, person and an optional group, separated by tabs"});
    };
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error); // no folder and no device has one
    if (error)
        return refuse("一覧ファイルを開けません。", "the list cannot be opened");
    if (size > largest_list)
        return refuse("一覧ファイルが 64 MiB を超えています。", "the list is larger than 64 MiB");
    std::ifstream opened(file, std::ios::binary);
    std::ostringstream text;
    if (!opened || (size > 0 && !(text << opened.rdbuf())))
        return refuse("一覧ファイルを読めません。", "the list cannot be read");
    return parse_list(std::move(text).str(), file.parent_path());
}

} // namespace kaomon::evaluate
