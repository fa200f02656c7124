#include "daemon/audit/log.hpp"

#include "daemon/audit/segments.hpp"
#include "daemon/audit/tail.hpp"
#include "drivers/base/append_file.hpp"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace kaomon::audit {
namespace {

constexpr AppendFile::Reasons reasons{Reason::audit_unwritable, Reason::audit_broken};
// A head that was not yet put beside when the power went: a record, a summary and a head's own line.
constexpr std::uint64_t most_behind = 4;

Result<Tail> tail_of_file(const std::filesystem::path& file) {
    const UniqueFd opened(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    std::error_code error;
    const auto size = opened ? std::filesystem::file_size(file, error) : 0;
    if (!opened || error)
        return fail(Reason::audit_unwritable, file.string() + ": cannot be read: " + std::strerror(errno));
    return read_tail(opened.get(), size);
}

Result<void> keep_beside(const std::filesystem::path& file, const std::string& torn) {
    auto beside = AppendFile::open(file.string() + ".torn", reasons);
    return beside ? beside->append(torn + '\n') : std::unexpected(beside.error());
}

// What the head and the end of the file say of each other.
struct Comparison {
    const char* why = nullptr; // a word of the event; null: they fit
    std::optional<Reason> trouble{};
    std::string detail{};
};

Comparison compare(const Tail& tail, const Result<std::optional<Head>>& head, bool began_before) {
    const std::uint64_t last = tail.chain.count();
    if (!tail.misfit.empty())
        return {"end_damaged", Reason::audit_broken, tail.misfit};
    if (!head)
        return {"head_unreadable", Reason::audit_broken, head.error().detail};
    if (!*head) {
        if (last == 0 && !began_before)
            return {}; // the first start
        return {"head_missing", Reason::audit_head_missing,
                last == 0 ? "neither records nor a head, though this device ran before"
                          : "no head beside record " + std::to_string(last)};
    }
    const Head& known = **head;
    const std::string record = "record " + std::to_string(known.sequence);
    if (known.sequence > last)
        return {"cut_at_end", Reason::audit_broken,
                "the head knows " + record + ", the file ends with record " + std::to_string(last)};
    if (last - known.sequence > most_behind)
        return {"head_behind", Reason::audit_broken,
                "the head knows " + record + " only, the file ends with record " + std::to_string(last)};
    if (tail.hash_of(known.sequence) != known.hash)
        return {"rewritten", Reason::audit_broken, record + " is another one than the head's"};
    return {};
}

} // namespace

struct Log::Impl {
    Settings settings;
    std::optional<AppendFile> file{}; // empty: it must be opened anew
    Chain chain{};
    std::int64_t last_time = 0;
    std::uint64_t first = 0;     // number of the file's first line; 0: it has none
    std::uint64_t last_head = 0; // number of the last line that holds a head
    std::int64_t head_day = 0;   // in Japan, of the last one
    std::uint64_t signed_up_to = 0;
    std::optional<Reason> trouble{};
    std::string trouble_detail{};

    // `known`: what this process wrote last, where it did.
    Result<void> open(const std::optional<Head>& known);
    Result<void> note_torn(const Tail& tail);
    Result<void> note_gap(const Comparison& found, std::uint64_t head, std::uint64_t end, bool new_line);
    Result<void> append_line(std::int64_t time, std::string_view members, std::uint64_t number = 0,
                             std::string_view before = {});
    Result<void> start_next_segment();
    std::string sign(std::int64_t time) const {
        return settings.seal.sign(to_json({chain.count(), chain.last_hash(), time}));
    }
};

Log::Log(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Log::Log(Log&&) noexcept = default;
Log& Log::operator=(Log&&) noexcept = default;
Log::~Log() = default;

Result<Log> Log::open(Settings settings) {
    auto impl = std::make_unique<Impl>(std::move(settings));
    if (auto opened = impl->open({}); !opened)
        return std::unexpected(opened.error());
    return Log(std::move(impl));
}

Result<void> Log::Impl::open(const std::optional<Head>& known) {
    file.reset(); // its lock
    auto opened = AppendFile::open(settings.file, reasons);
    if (!opened)
        return std::unexpected(opened.error());
    auto tail = read_tail(opened->descriptor(), opened->size());
    const auto full = full_segments(settings.file);
    if (!tail || !full)
        return std::unexpected(tail ? full.error() : tail.error());
    if (opened->size() == 0 && !full->empty()) { // the power went between two files
        tail = tail_of_file(full->back().file);
        if (!tail)
            return std::unexpected(tail.error());
        tail->first = 0;
        if (!tail->torn.empty() && tail->misfit.empty())
            tail->misfit = "half a line at the end of " + full->back().file.string();
        tail->torn.clear();
    }
    file = std::move(*opened);
    chain = tail->chain;
    last_time = tail->time;
    first = tail->first;
    last_head = tail->last_head;
    head_day = 0;
    signed_up_to = 0;
    const bool endless = tail->torn.size() > max_line;
    if (endless && tail->misfit.empty())
        tail->misfit = "the end of the file is not a line of this record";
    const Result<std::optional<Head>> head = known ? Result<std::optional<Head>>(known)
                                             : settings.seal.check
                                                 ? read_head(settings.file, settings.seal)
                                                 : Result<std::optional<Head>>(std::nullopt);
    if (!tail->torn.empty() && !endless) {
        if (auto noted = note_torn(*tail); !noted)
            return noted;
    }
    Comparison found;
    if (known || settings.seal.check)
        found = compare(*tail, head, settings.began_before);
    else if (!tail->misfit.empty())
        found = {"end_damaged", Reason::audit_broken, tail->misfit};
    if (found.why == nullptr)
        return {};
    trouble = found.trouble;
    trouble_detail = found.detail;
    return note_gap(found, head && *head ? (**head).sequence : 0, tail->chain.count(), endless);
}

Result<void> Log::Impl::note_torn(const Tail& tail) {
    auto done = keep_beside(settings.file, tail.torn);
    if (done)
        done = file->cut_to(tail.whole_bytes);
    if (done)
        done = append_line(settings.now(), members_of(Event{0, "torn_line"}) +
                                               ",\"bytes\":" + std::to_string(tail.torn.size()));
    return done;
}

Result<void> Log::Impl::note_gap(const Comparison& found, std::uint64_t head, std::uint64_t end,
                                 bool new_line) {
    const std::string members = members_of(Event{0, std::string(gap_event), {{"why", found.why}}}) +
                                ",\"end\":" + std::to_string(end) + ",\"head\":" + std::to_string(head);
    return append_line(settings.now(), members, std::max(head, chain.count()) + 1, new_line ? "\n" : "");
}

Result<void> Log::Impl::append_line(std::int64_t time, std::string_view members, std::uint64_t number,
                                    std::string_view before) {
    if (!file)
        return fail(Reason::audit_unwritable, settings.file.string() + ": must be opened anew");
    const bool other_month =
        settings.monthly && last_time != 0 && month_in_japan(time) > month_in_japan(last_time);
    if (first != 0 && (file->size() >= settings.segment_bytes || other_month)) {
        if (auto started = start_next_segment(); !started)
            return started;
    }
    std::string all =
        "\"time\":" + std::to_string(time) + ",\"clock\":\"" + std::string(word(settings.clock())) + '"';
    if (time < last_time)
        all += ",\"stepped_back\":" + std::to_string(last_time - time); // seconds
    all += members;
    const std::string line = chain.line(number == 0 ? chain.count() + 1 : number, all);
    const auto parts = take_apart({line.data(), line.size() - 1});
    if (!parts) // the one way our own line does not fit
        return fail(Reason::audit_unwritable, "the record is too long");
    if (auto written = file->append(std::string(before) + line); !written)
        return written;
    chain.go_on_behind(*parts);
    last_time = time;
    if (first == 0)
        first = parts->number;
    return {};
}

// The full file keeps its bytes under another name; the chain goes on in the next one.
Result<void> Log::Impl::start_next_segment() {
    std::uint64_t named = first;
    std::error_code error;
    while (std::filesystem::exists(segment_file(settings.file, named), error))
        ++named; // a backup was put back beside: neither is written over
    if (auto moved = move_file(settings.file, segment_file(settings.file, named), Reason::audit_unwritable);
        !moved)
        return moved;
    file.reset();
    auto opened = AppendFile::open(settings.file, reasons);
    if (!opened)
        return std::unexpected(opened.error());
    file = std::move(*opened);
    first = 0;
    return {};
}

Result<void> Log::ready() {
    Impl& log = *impl_;
    auto reserved =
        log.file ? log.file->reserve(std::uint64_t{4} * max_line) : fail(Reason::audit_unwritable, "");
    if (!reserved && (!log.file || log.file->given_up())) {
        // the line of a failed sync may be there or not; anything else is a gap
        const auto known = log.chain.count() == 0
                               ? std::nullopt
                               : std::optional(Head{log.chain.count(), log.chain.last_hash(), log.last_time});
        if (auto opened = log.open(known); !opened)
            return fail(Reason::audit_unwritable, opened.error().detail);
        reserved = log.file->reserve(std::uint64_t{4} * max_line);
    }
    if (!reserved)
        return fail(Reason::audit_unwritable, reserved.error().detail);
    const auto folder = log.settings.file.parent_path();
    if (::access(folder.empty() ? "." : folder.c_str(), W_OK | X_OK) != 0) // for the head
        return fail(Reason::audit_unwritable, folder.string() + ": " + std::strerror(errno));
    return {};
}

Place Log::next() const {
    return {impl_->chain.count() + 1, impl_->chain.last_hash()};
}

Result<void> Log::append(const Record& record) {
    return impl_->append_line(record.time, members_of(record));
}

Result<void> Log::append(const Event& event) {
    return impl_->append_line(event.time, members_of(event));
}

Result<std::optional<std::string>> Log::sign_head() {
    Impl& log = *impl_;
    std::optional<std::string> line;
    if (!log.settings.seal.sign || log.chain.count() == 0)
        return line;
    const auto now = log.settings.now();
    if (log.chain.count() - log.last_head >= head_every || day_in_japan(now) != log.head_day) {
        std::string jws = log.sign(now);
        if (auto kept = log.append_line(now, members_of(Event{0, "head", {{"head", jws}}})); !kept)
            return std::unexpected(kept.error());
        log.last_head = log.chain.count();
        log.head_day = day_in_japan(now);
        line = std::move(jws);
    }
    if (log.signed_up_to != log.chain.count()) {
        if (auto kept = write_head(log.settings.file, log.sign(now)); !kept)
            return std::unexpected(kept.error());
        log.signed_up_to = log.chain.count();
    }
    return line;
}

std::optional<Reason> Log::trouble() const noexcept {
    return impl_->trouble;
}
const std::string& Log::trouble_detail() const noexcept {
    return impl_->trouble_detail;
}

} // namespace kaomon::audit
