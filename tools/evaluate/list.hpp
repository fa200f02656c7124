// The list of images that an evaluation runs on: one line an image, path, person and optional group,
// separated by tabs.
#pragma once

#include "tools/words/trouble.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::evaluate {

// People and groups are numbers from here on: nothing that is printed can name a person.
struct Entry {
    std::size_t line = 0;       // in the list, from 1: how an image is named in messages
    std::filesystem::path path; // relative ones are relative to the list's folder
    std::uint32_t person = 0;   // equal for images of one person
    std::uint32_t group = 0;    // index into List::groups
    bool hint = false;          // the person is a guess: good enough to leave pairs out, not to count them
};

struct LineProblem {
    std::size_t line = 0; // from 1
    std::string what;     // English clause without path and person
};

struct List {
    std::vector<Entry> entries;
    std::vector<std::string> groups; // as spelled in the list; "" for images without one
    std::uint32_t people = 0;        // persons are 0..people-1
    std::vector<LineProblem> problems;
};

inline constexpr std::size_t largest_list = 64U << 20; // bytes

// PATH <tab> PERSON [<tab> GROUP]. A person "-" is a different one on every such line. A person that begins
// with ? is a guess (of a clustering): its images are never compared with each other, neither as mated nor as
// others. Empty lines and lines that begin with # say nothing. Lines that cannot be read become problems and
// the rest is used. Reentrant.
List parse_list(std::string_view text, const std::filesystem::path& folder);

// Trouble: list_unreadable (cannot be opened, larger than 64 MiB).
Outcome<List> read_list(const std::filesystem::path& file);

} // namespace kaomon::evaluate
