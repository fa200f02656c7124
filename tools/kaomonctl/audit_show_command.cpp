// kaomonctl audit show: records, one a line.
#include "proto/exit_code.hpp"
#include "tools/kaomonctl/audit_commands.hpp"
#include "tools/kaomonctl/audit_record.hpp"

#include <fmt/format.h>

#include <deque>
#include <limits>
#include <memory>

namespace kaomon::kaomonctl {
namespace {

struct ShowRecord {
    RecordOptions record;
    std::size_t last = 20;
    std::uint64_t from = 0, to = std::numeric_limits<std::uint64_t>::max();
    std::string session;
};

std::string shown_line(Language language, std::string_view text) {
    const auto line = audit::take_apart(text);
    if (!line)
        return std::string(say(language, "（監査記録の行ではない）", "(not a line of the record)"));
    std::string shown =
        fmt::format("{:>8}  {}  ", line->number, time_in_japan(line->whole_number("time").value_or(0)));
    if (const auto event = line->text("event"); !event.empty()) {
        shown += event;
        for (const char* member : {"why", "count", "callers", "reasons", "version", "key"})
            if (const auto value = line->text(member); !value.empty())
                shown += fmt::format("  {}={}", member, value);
    } else {
        const auto reason = from_word<Reason>(line->text("reason"));
        shown += fmt::format("{}  {}  {}  uid {}  {}", decision_text(language, line->text("decision")),
                             term(language, line->text("method")),
                             language == Language::japanese && reason ? describe(*reason).japanese
                                                                      : line->text("reason"),
                             line->text("caller"), line->text("session").substr(0, 8));
        for (const char* member : {"staff", "earlier", "suspicion", "simulated"})
            if (const auto value = line->text(member); !value.empty())
                shown += fmt::format("  {}={}", member, value);
    }
    if (const auto back = line->whole_number("stepped_back"))
        shown += fmt::format("{}{} s", say(language, "  時計が戻った ", "  CLOCK STEPPED BACK "), *back);
    if (line->text("clock") == "unsynchronised")
        shown += say(language, "  時刻合わせなし", "  clock not synchronised");
    return shown;
}

int show_record(const Common& common, const ShowRecord& options) {
    const auto record = find_record(options.record);
    if (!record)
        return failed(common, record.error());
    std::deque<std::string> lines;
    const auto read = audit::each_line(
        record->file, [](const auto&) {},
        [&](std::string_view text, bool half) {
            const auto line = audit::take_apart(text);
            const bool wanted =
                !half && (!line || (line->number >= options.from && line->number <= options.to &&
                                    line->text("session").starts_with(options.session)));
            if (wanted) {
                lines.emplace_back(text);
                if (options.last != 0 && lines.size() > options.last)
                    lines.pop_front();
            }
            return true;
        });
    if (!read)
        return failed(common,
                      {exit_usage, "cannot_read", {"監査記録を読めません。", read.error().detail}, {}});
    for (const auto& line : lines)
        print_line(common.json ? line : shown_line(common.language(), line));
    return exit_ok;
}

} // namespace

void add_audit_show(Commands& commands, CLI::App* group) {
    const auto options = std::make_shared<ShowRecord>();
    CLI::App* sub = commands.add(
        "show", "the last records, one a line",
        [&common = commands.common, options] { return show_record(common, *options); }, group);
    add_record_options(*sub, options->record);
    sub->add_option("--last", options->last, "how many (0: all)")->capture_default_str();
    sub->add_option("--from", options->from, "only from this number on");
    sub->add_option("--to", options->to, "only up to this number");
    sub->add_option("--session", options->session, "only of this session (its first characters)");
}

} // namespace kaomon::kaomonctl
