#include "daemon/audit/tail.hpp"

#include "drivers/base/system_call.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace kaomon::audit {
namespace {

Result<std::string> read_at(int descriptor, std::uint64_t at, std::size_t bytes) {
    std::string text(bytes, '\0');
    std::size_t filled = 0;
    while (filled < bytes) {
        const ssize_t got = retried([&] {
            return pread(descriptor, text.data() + filled, bytes - filled, static_cast<off_t>(at + filled));
        });
        if (got < 0)
            return fail(Reason::audit_unwritable, std::string("cannot be read: ") + std::strerror(errno));
        if (got == 0)
            break;
        filled += static_cast<std::size_t>(got);
    }
    text.resize(filled);
    return text;
}

void take(Tail& tail, std::string_view text, bool is_first_looked_at) {
    const auto line = take_apart(text);
    if (!line) {
        if (tail.misfit.empty())
            tail.misfit =
                "behind record " + std::to_string(tail.chain.count()) + ": not a line of this record";
        return;
    }
    const Misfit misfit = tail.chain.fit(*line);
    if (misfit != Misfit::none && (!is_first_looked_at || misfit == Misfit::altered) && tail.misfit.empty())
        tail.misfit = "record " + std::to_string(line->number) + ": " + std::string(word(misfit));
    if (line->text("event") == gap_event)
        tail.misfit.clear(); // noted already, all that is before it
    tail.chain.go_on_behind(*line);
    tail.time = line->whole_number("time").value_or(tail.time);
    tail.hashes.emplace_back(line->number, line->hash);
    if (line->text("event") == "head")
        tail.last_head = line->number;
}

} // namespace

std::string Tail::hash_of(std::uint64_t number) const {
    const auto found = std::ranges::find(hashes, number, &std::pair<std::uint64_t, std::string>::first);
    return found == hashes.end() ? std::string() : found->second;
}

Tail tail_of(std::string_view text, bool begins) {
    Tail tail;
    std::size_t at = 0;
    if (!begins && text.contains('\n')) // the first line is a part of one
        at = text.find('\n') + 1;
    bool first = true;
    while (at < text.size()) {
        const auto end = text.find('\n', at);
        if (end == text.npos)
            break;
        const std::string_view line = text.substr(at, end - at);
        // zeros, which no line of ours has: its end came to the disk and what was before it did not
        if (end + 1 == text.size() && line.contains('\0') && line.size() <= max_line)
            break;
        // what is before the first one is not known, unless the record itself begins here
        take(tail, line, first && !(begins && line.starts_with(R"({"n":1,)")));
        first = false;
        at = end + 1;
    }
    tail.whole_bytes = at;
    tail.torn = text.substr(at);
    return tail;
}

Result<Tail> read_tail(int descriptor, std::uint64_t size) {
    const std::uint64_t from = size > tail_bytes ? size - tail_bytes : 0;
    const auto text = read_at(descriptor, from, static_cast<std::size_t>(size - from));
    if (!text)
        return std::unexpected(text.error());
    Tail tail = tail_of(*text, from == 0);
    tail.whole_bytes += from;
    const auto start = read_at(descriptor, 0, std::min<std::uint64_t>(size, max_line + 1));
    if (!start)
        return std::unexpected(start.error());
    if (const auto line = take_apart(std::string_view(*start).substr(0, start->find('\n'))))
        tail.first = line->number;
    return tail;
}

} // namespace kaomon::audit
