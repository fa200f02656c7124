// The files of a record: the one that is being written, and those that were full, named after the number of
// their first line: audit.jsonl.0000000001, audit.jsonl.0000024578, …, audit.jsonl.
#pragma once

#include "drivers/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace kaomon::audit {

struct Segment {
    std::filesystem::path file;
    std::uint64_t first = 0; // number of its first line, by its name
};

std::filesystem::path segment_file(const std::filesystem::path& record, std::uint64_t first);
// The full ones, oldest first. Reason: audit_unwritable (the folder cannot be read). Reentrant.
Result<std::vector<Segment>> full_segments(const std::filesystem::path& record);

// Did a record begin here once: is there one, its head, or a full file of it? A folder that cannot be read
// has none. Reentrant.
bool has_begun(const std::filesystem::path& record);

// Which month and day a time falls in, in Japan: files and heads follow the desk's calendar. Reentrant.
std::int64_t month_in_japan(std::int64_t time); // counted from year 0
std::int64_t day_in_japan(std::int64_t time);   // counted from 1970-01-01

} // namespace kaomon::audit
