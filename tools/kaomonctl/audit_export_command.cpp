// kaomonctl audit export: the record as one file, with its head and the public keys beside it: what somebody
// elsewhere needs to verify it.
#include "drivers/base/append_file.hpp"
#include "drivers/base/text_file.hpp"
#include "proto/exit_code.hpp"
#include "tools/kaomonctl/audit_commands.hpp"
#include "tools/kaomonctl/audit_record.hpp"

#include <fmt/format.h>

#include <memory>

namespace kaomon::kaomonctl {
namespace {

constexpr std::size_t export_block = std::size_t{1} << 20; // bytes

struct ExportRecord {
    RecordOptions record;
    std::string to;
    std::uint64_t from = 0;
};

Result<std::uint64_t> copy_lines(const AuditRecord& record, const ExportRecord& options) {
    auto out = AppendFile::open(options.to, {Reason::audit_unwritable, Reason::audit_unwritable}, Synced::no);
    if (!out)
        return std::unexpected(out.error());
    std::uint64_t count = 0;
    std::string block;
    Result<void> written;
    const auto flush = [&] {
        written = out->append(block);
        block.clear();
        return written.has_value();
    };
    const auto read = audit::each_line(
        record.file, [](const auto&) {},
        [&](std::string_view text, bool half) {
            const auto line = audit::take_apart(text);
            if (half || (line && line->number < options.from))
                return true;
            ++count;
            block.append(text).push_back('\n');
            return block.size() < export_block || flush();
        });
    if (!read)
        return std::unexpected(read.error());
    if (!written || !flush())
        return std::unexpected(written.error());
    return count;
}

int export_record(const Common& common, const ExportRecord& options) {
    const auto record = find_record(options.record);
    if (!record)
        return failed(common, record.error());
    std::error_code error;
    if (std::filesystem::exists(options.to, error))
        return failed(common, {exit_usage,
                               "is_there",
                               {options.to + " はもうあります。", options.to + ": is there already"},
                               {}});
    // first: records may go on behind a head, never a head behind records
    const auto head = read_text_file(audit::head_file_of(record->file), audit::max_head);
    const auto copied = copy_lines(*record, options);
    if (!copied)
        return failed(common, trouble_of(copied.error()));
    Result<void> kept;
    if (head)
        kept = replace_file(audit::head_file_of(options.to), *head, Reason::audit_unwritable);
    if (kept && !record->keys.empty())
        kept = replace_file(options.to + ".keys", record->keys + '\n', Reason::audit_unwritable);
    if (!kept)
        return failed(common, trouble_of(kept.error()));
    if (common.json)
        print_json({{"file", options.to}, {"records", *copied}, {"head", head.has_value()}});
    else
        print_line(
            fmt::format(fmt::runtime(say(
                            common.language(),
                            "{} に記録 {} 件を書き出しました。確かめるには: kaomonctl audit verify --file {}",
                            "{}: {} records, with head and public keys beside. To verify: kaomonctl audit "
                            "verify --file {}")),
                        options.to, *copied, options.to));
    return exit_ok;
}

} // namespace

void add_audit_export(Commands& commands, CLI::App* group) {
    const auto options = std::make_shared<ExportRecord>();
    CLI::App* sub = commands.add(
        "export", "the record as one file, with what is needed to verify it elsewhere",
        [&common = commands.common, options] { return export_record(common, *options); }, group);
    add_record_options(*sub, options->record);
    sub->add_option("FILE", options->to, "the file to make; its head and the public keys come beside it")
        ->required();
    sub->add_option("--from", options->from, "only from this number on");
}

} // namespace kaomon::kaomonctl
