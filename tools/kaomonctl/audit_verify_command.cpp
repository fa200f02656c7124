// kaomonctl audit verify: does the record fit together, and with what was kept elsewhere.
#include "daemon/result/jws.hpp"
#include "proto/exit_code.hpp"
#include "tools/kaomonctl/audit_commands.hpp"
#include "tools/kaomonctl/audit_record.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <memory>

namespace kaomon::kaomonctl {
namespace {

struct VerifyRecord {
    RecordOptions record;
    bool without_older = false;
    std::string heads, results; // files, or "-"
};

// The last word of every line that has one: lines of the journal can be taken as they are.
Outcome<std::vector<std::string>> last_words(const std::string& name) {
    std::ifstream file;
    if (name != "-")
        file.open(name);
    std::istream& in = name == "-" ? std::cin : file;
    if (!in)
        return trouble(exit_usage, "cannot_read", {name + " を読めません。", name + ": cannot be read"});
    std::vector<std::string> words;
    for (std::string line; std::getline(in, line);) {
        while (!line.empty() && (line.back() == ' ' || line.back() == '\r'))
            line.pop_back();
        if (!line.empty())
            words.push_back(line.substr(line.find_last_of(" \t") + 1));
    }
    return words;
}

std::unexpected<Trouble> not_ours(const std::string& name, std::size_t at, const std::string& why) {
    return trouble(exit_result_invalid, "not_signed_by_this_device",
                   {fmt::format("{} の {} 番目を確かめられません。", name, at),
                    fmt::format("{}: entry {}: {}", name, at, why)});
}

Outcome<void> read_heads(const VerifyRecord& options, const AuditRecord& record, audit::Expected& expected) {
    if (options.heads.empty())
        return {};
    const auto words = last_words(options.heads);
    if (!words)
        return std::unexpected(words.error());
    for (std::size_t at = 0; at < words->size(); ++at) {
        auto head = audit::open_head((*words)[at], record.seal);
        if (!head)
            return not_ours(options.heads, at + 1, head.error().detail);
        expected.heads.push_back(std::move(*head));
    }
    return {};
}

Outcome<void> read_results(const VerifyRecord& options, const AuditRecord& record,
                           audit::Expected& expected) {
    if (options.results.empty())
        return {};
    const auto words = last_words(options.results);
    if (!words)
        return std::unexpected(words.error());
    for (std::size_t at = 0; at < words->size(); ++at) {
        const std::string& jws = (*words)[at];
        const auto said = result::open_jws(jws, record.keys, result::result_type);
        const auto claims = said ? result::claims_from_json(*said) : std::unexpected(said.error());
        if (!claims)
            return not_ours(options.results, at + 1, claims.error().detail);
        if (claims->audit) // older ones name no record
            expected.results.push_back({static_cast<std::uint64_t>(claims->audit->sequence),
                                        claims->audit->previous, audit::sha256_hex(jws)});
    }
    return {};
}

boost::json::object report_as_json(const AuditRecord& record, const audit::Report& report) {
    boost::json::array findings;
    for (const auto& one : report.findings) {
        const auto text = text_of_finding(one);
        findings.push_back({{"kind", word(one.kind)},
                            {"record", one.record},
                            {"until", one.until == 0 ? one.record : one.until},
                            {"file", one.file},
                            {"line", one.line},
                            {"detail", one.detail},
                            {"ja", text.what.ja},
                            {"en", text.what.en},
                            {"causes", {{"ja", text.causes.ja}, {"en", text.causes.en}}}});
    }
    boost::json::value head = nullptr;
    if (report.head)
        head = {
            {"sequence", report.head->sequence}, {"hash", report.head->hash}, {"time", report.head->time}};
    return {{"record", record.file.string()},
            {"fits", report.found == 0 && record.seal.check != nullptr},
            {"signatures", record.seal.check ? "checked" : "not_checked"},
            {"files", report.files},
            {"first", report.first},
            {"last", report.last},
            {"last_hash", report.last_hash},
            {"verifications", report.verifications},
            {"unsynchronised", report.unsynchronised},
            {"heads", report.heads},
            {"results", report.results},
            {"head", std::move(head)},
            {"found", report.found},
            {"findings", std::move(findings)}};
}

void print_record_report(Language language, const AuditRecord& record, const audit::Report& report) {
    const auto line = [&](std::string_view japanese, std::string_view english) {
        print_line(say(language, japanese, english));
    };
    line(fmt::format("監査記録    {}（{} ファイル）", record.file.string(), report.files),
         fmt::format("record      {}, {} file(s)", record.file.string(), report.files));
    if (report.lines != 0)
        line(fmt::format("記録        {} から {}、{} から {}、確認 {} 件", report.first, report.last,
                         time_in_japan(report.first_time), time_in_japan(report.last_time),
                         report.verifications),
             fmt::format("records     {} to {}, {} to {}, {} verifications", report.first, report.last,
                         time_in_japan(report.first_time), time_in_japan(report.last_time),
                         report.verifications));
    if (!record.seal.check)
        line("署名        確かめていません（公開鍵がありません。--keys）",
             "signatures  NOT CHECKED: no public keys (--keys)");
    else if (report.head)
        line(fmt::format("控え        記録 {} まで、{} に署名。記録の中の署名 {} 個", report.head->sequence,
                         time_in_japan(report.head->time), report.heads),
             fmt::format("head        of record {}, signed {}; {} signed heads within", report.head->sequence,
                         time_in_japan(report.head->time), report.heads));
    if (report.results != 0)
        line(fmt::format("結果        保管されている結果 {} 件と合う", report.results),
             fmt::format("results     {} stored results fit", report.results));
    if (report.unsynchronised != 0)
        line(fmt::format("時計        時刻合わせが確かでない記録 {} 件", report.unsynchronised),
             fmt::format("clock       not known to be synchronised in {} records", report.unsynchronised));
    for (const auto& one : report.findings) {
        const auto text = text_of_finding(one);
        line("・" + text.what.ja, "* " + text.what.en + (one.detail.empty() ? "" : " (" + one.detail + ")"));
        line("  " + text.causes.ja, "  " + text.causes.en);
    }
    if (report.found > report.findings.size())
        line(fmt::format("ほかに {} 件", report.found - report.findings.size()),
             fmt::format("and {} more", report.found - report.findings.size()));
    if (report.found != 0)
        line("監査記録のつながりが合いません。", "The audit record does not fit together.");
    else
        line("監査記録のつながりは合っています。", "The audit record fits together.");
}

int verify_record(const Common& common, const VerifyRecord& options) {
    const auto record = find_record(options.record);
    if (!record)
        return failed(common, record.error());
    audit::Expected expected{.may_begin_later = options.without_older};
    auto read = read_heads(options, *record, expected);
    if (read)
        read = read_results(options, *record, expected);
    if (!read)
        return failed(common, read.error());
    const auto report = audit::examine(record->file, record->seal, expected);
    if (!report) { // a record that cannot be read is not one that cannot be written
        const std::string why = report.error().detail;
        return failed(common, {exit_usage,
                               "cannot_read",
                               {"監査記録を読めません。root か装置の利用者で実行してください。", why},
                               {}});
    }
    if (common.json)
        print_json(report_as_json(*record, *report));
    else
        print_record_report(common.language(), *record, *report);
    return report->found == 0 && record->seal.check ? exit_ok : exit_findings; // not checked is not ok
}

} // namespace

void add_audit_verify(Commands& commands, CLI::App* group) {
    const auto options = std::make_shared<VerifyRecord>();
    CLI::App* sub = commands.add(
        "verify", "does the record fit together, from its first line to its signed head",
        [&common = commands.common, options] { return verify_record(common, *options); }, group);
    add_record_options(*sub, options->record);
    sub->add_flag("--without-older", options->without_older, "older files of the record are kept elsewhere");
    sub->add_option(
        "--head", options->heads,
        "file of signed heads that were kept elsewhere, one a line, such as lines of the journal; - is "
        "standard input");
    sub->add_option(
        "--results", options->results,
        "file of signed results that reception systems stored, one a line: each names its record; - is "
        "standard input");
}

} // namespace kaomon::kaomonctl
