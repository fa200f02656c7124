#include "daemon/audit/segments.hpp"

#include "daemon/audit/head.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace kaomon::audit {
namespace {

constexpr std::size_t name_digits = 10;

std::chrono::sys_days date_in_japan(std::int64_t time) {
    using namespace std::chrono;
    return floor<days>(sys_seconds(seconds(time)) + hours(9));
}

} // namespace

std::filesystem::path segment_file(const std::filesystem::path& record, std::uint64_t first) {
    std::string digits = std::to_string(first);
    if (digits.size() < name_digits)
        digits.insert(0, name_digits - digits.size(), '0');
    return record.string() + '.' + digits;
}

Result<std::vector<Segment>> full_segments(const std::filesystem::path& record) {
    std::vector<Segment> found;
    const auto folder = record.has_parent_path() ? record.parent_path() : std::filesystem::path(".");
    const std::string start = record.filename().string() + '.';
    std::error_code error;
    for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end;
         at.increment(error)) {
        const std::string name = at->path().filename().string();
        if (!name.starts_with(start))
            continue;
        const std::string digits = name.substr(start.size());
        std::uint64_t first = 0;
        const auto [stop, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), first);
        if (digits.size() >= name_digits && wrong == std::errc{} && stop == digits.data() + digits.size())
            found.push_back({at->path(), first});
    }
    if (error)
        return fail(Reason::audit_unwritable, folder.string() + ": " + error.message());
    std::ranges::sort(found, {}, &Segment::first);
    return found;
}

bool has_begun(const std::filesystem::path& record) {
    const auto is_there = [](const std::filesystem::path& file) {
        std::error_code error;
        return std::filesystem::exists(std::filesystem::symlink_status(file, error));
    };
    const auto full = full_segments(record);
    return is_there(record) || is_there(head_file_of(record)) || (full && !full->empty());
}

std::int64_t month_in_japan(std::int64_t time) {
    const std::chrono::year_month_day date(date_in_japan(time));
    return std::int64_t{int(date.year())} * 12 + unsigned(date.month()) - 1;
}

std::int64_t day_in_japan(std::int64_t time) {
    return date_in_japan(time).time_since_epoch().count();
}

} // namespace kaomon::audit
