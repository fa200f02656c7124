#include "daemon/audit/examination.hpp"

#include <algorithm>

namespace kaomon::audit {
namespace {

constexpr std::size_t most_findings = 100;
constexpr std::uint64_t most_behind = 16; // records since the head beside: a daemon may be writing them
constexpr std::size_t most_recent = 2 * most_behind;

FindingKind kind_of(Misfit misfit) {
    switch (misfit) {
    case Misfit::altered:
        return FindingKind::altered;
    case Misfit::numbers_missing:
        return FindingKind::records_missing;
    case Misfit::out_of_order:
        return FindingKind::out_of_order;
    case Misfit::none:
    case Misfit::does_not_follow:
        break;
    }
    return FindingKind::does_not_follow;
}

} // namespace

Examination::Examination(Seal seal, Expected expected)
    : seal_(std::move(seal)), may_begin_later_(expected.may_begin_later) {
    for (auto& head : expected.heads)
        heads_.emplace(head.sequence, std::move(head));
    for (auto& result : expected.results)
        results_.emplace(result.sequence, std::move(result));
}

void Examination::note(FindingKind kind, std::uint64_t record, std::string detail, std::uint64_t until) {
    ++report_.found;
    if (report_.findings.size() < most_findings)
        report_.findings.push_back({kind, record, until, file_, line_, std::move(detail)});
}

void Examination::begin_file(std::string name) {
    file_ = std::move(name);
    line_ = 0;
    ++report_.files;
}

void Examination::note_misfit(const Line& line, Misfit misfit) {
    if (report_.lines == 1 && misfit != Misfit::altered) { // of the first line nobody knows what was before
        if (line.number != 1 && !may_begin_later_)
            note(FindingKind::begins_later, line.number);
        else if (line.number == 1)
            note(FindingKind::does_not_follow, 1);
        return;
    }
    if (misfit == Misfit::numbers_missing) // the first and the last that are missing
        return note(kind_of(misfit), chain_.count() + 1, {}, line.number - 1);
    note(kind_of(misfit), line.number);
}

void Examination::take(std::string_view text) {
    ++line_;
    ++report_.lines;
    const auto line = take_apart(text);
    if (!line)
        return note(FindingKind::not_a_line, 0);
    if (const Misfit misfit = chain_.fit(*line); misfit != Misfit::none)
        note_misfit(*line, misfit);
    const auto time = line->whole_number("time");
    const std::string_view event = line->text("event");
    if (time && *time < report_.last_time)
        note(FindingKind::clock_back, line->number, std::to_string(report_.last_time - *time) + " s");
    if (event == gap_event)
        note(FindingKind::gap_noted, line->number, std::string(line->text("why")));
    else if (event == "head")
        compare_inner_head(*line);
    else if (event.empty())
        ++report_.verifications;
    compare_expected(*line);
    if (report_.first == 0) {
        report_.first = line->number;
        report_.first_time = time.value_or(0);
    }
    if (line->text("clock") != "synchronised")
        ++report_.unsynchronised;
    report_.last_time = time.value_or(report_.last_time);
    chain_.go_on_behind(*line);
    recent_.insert_or_assign(line->number, std::string(line->hash));
    if (recent_.size() > most_recent)
        recent_.erase(recent_.begin());
}

void Examination::take_half_a_line() {
    ++line_;
    note(FindingKind::half_a_line, chain_.count() + 1);
}

// It stands right behind the line whose head it is.
void Examination::compare_inner_head(const Line& line) {
    if (!seal_.check)
        return;
    const auto head = open_head(line.text("head"), seal_);
    if (!head)
        return note(FindingKind::inner_head_wrong, line.number, head.error().detail);
    if (head->sequence + 1 != line.number || head->hash != line.previous)
        return note(FindingKind::inner_head_wrong, line.number,
                    "it is the head of record " + std::to_string(head->sequence));
    ++report_.heads;
}

void Examination::compare_expected(const Line& line) {
    const auto [head, last_head] = heads_.equal_range(line.number);
    for (auto at = head; at != last_head; ++at)
        if (at->second.hash != line.hash)
            note(FindingKind::rewritten, line.number, "a head that was kept elsewhere");
    heads_.erase(head, last_head);
    const auto [result, last_result] = results_.equal_range(line.number);
    for (auto at = result; at != last_result; ++at) {
        if (at->second.sha256 != line.text("result_sha256") || at->second.previous != line.previous)
            note(FindingKind::result_differs, line.number);
        else
            ++report_.results;
    }
    results_.erase(result, last_result);
}

Report Examination::finish(const Result<std::optional<Head>>& beside) {
    const std::uint64_t last = chain_.count();
    line_ = 0;
    file_.clear();
    for (const auto& [sequence, head] : heads_)
        note(sequence > last ? FindingKind::cut_at_end : FindingKind::records_missing,
             sequence > last ? last + 1 : sequence, "a head that was kept elsewhere", sequence);
    for (const auto& [sequence, result] : results_)
        note(FindingKind::result_missing, sequence);
    if (!beside) {
        note(FindingKind::head_unreadable, 0, beside.error().detail);
    } else if (!*beside) {
        if (last != 0 && seal_.check) // else nothing was asked of it
            note(FindingKind::head_missing, last);
    } else {
        const Head& head = **beside;
        report_.head = head;
        const auto known = recent_.find(head.sequence);
        if (head.sequence > last)
            note(FindingKind::cut_at_end, last + 1, {}, head.sequence);
        else if (last - head.sequence > most_behind)
            note(FindingKind::head_behind, head.sequence + 1, {}, last);
        else if (known == recent_.end() || known->second != head.hash)
            note(FindingKind::rewritten, head.sequence);
    }
    report_.last = last;
    report_.last_hash = chain_.last_hash();
    return std::move(report_);
}

} // namespace kaomon::audit
