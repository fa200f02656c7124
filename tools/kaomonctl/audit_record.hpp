// Which record the audit commands read, and the keys that its heads are checked with.
#pragma once

#include "daemon/audit/examination.hpp"
#include "tools/kaomonctl/commands.hpp"
#include "tools/words/trouble.hpp"

#include <filesystem>
#include <string>

namespace kaomon::kaomonctl {

struct RecordOptions {
    std::string config; // kaomond.toml; empty: the installed one
    std::string file;   // the record; empty: the configuration's
    std::string keys;   // a JWK set; empty: FILE.keys of an export, else those the device keeps
};

struct AuditRecord {
    std::filesystem::path file;
    std::string keys; // a JWK set; empty: none were found
    audit::Seal seal; // with `check`, where there are keys
};

void add_record_options(CLI::App& sub, RecordOptions& options);
// Troubles: the configuration's, cannot_read (the keys).
Outcome<AuditRecord> find_record(const RecordOptions& options);

// What a finding says, in a sentence, and what may have caused it: never who.
struct FindingText {
    Text what, causes;
};
FindingText text_of_finding(const audit::Finding& finding);

// 2026-11-30 09:12:05, in Japan. Reentrant.
std::string time_in_japan(std::int64_t time);

} // namespace kaomon::kaomonctl
