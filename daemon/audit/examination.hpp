// Reads a record from its first line to its last and says where it does not fit together.
//
// What it finds, and by what: a changed, removed, added or reordered line in the middle by the chain; lines
// cut off at the end, and a record that was written anew, by the signed head: the one beside the record
// (against who has not the device's key), one that was kept elsewhere, or the results that reception systems
// stored (against who has the key, too). Whoever has the key and writes everything anew, head included, is
// found by the latter two only. Two files put back together to how they were before (record and head) as
// well.
#pragma once

#include "daemon/audit/chain.hpp"
#include "daemon/audit/finding.hpp"
#include "daemon/audit/head.hpp"

#include <filesystem>
#include <map>
#include <optional>

namespace kaomon::audit {

struct Report {
    std::uint64_t first = 0, last = 0; // numbers
    std::uint64_t lines = 0, files = 0;
    std::int64_t first_time = 0, last_time = 0;
    std::string last_hash;
    std::uint64_t verifications = 0, unsynchronised = 0; // lines; those without a synchronised clock
    std::uint64_t heads = 0;                             // signed ones in the record that are right
    std::uint64_t results = 0;                           // stored results that are right
    std::optional<Head> head;                            // beside the record
    std::vector<Finding> findings;                       // the first hundred
    std::uint64_t found = 0;                             // all of them
};

// What a stored result says of the record (claims "audit").
struct StoredResult {
    std::uint64_t sequence = 0;
    std::string previous;
    std::string sha256; // of the JWS
};

struct Expected {
    bool may_begin_later = false; // older files are kept elsewhere
    std::vector<Head> heads{};    // kept elsewhere, checked already
    std::vector<StoredResult> results{};
};

// Line by line. Thread-bound.
class Examination {
  public:
    Examination(Seal seal, Expected expected);
    void begin_file(std::string name);
    void take(std::string_view line); // without its newline
    void take_half_a_line();          // at the end of a file
    // `beside`: the head that stands beside the record.
    Report finish(const Result<std::optional<Head>>& beside);

  private:
    void note(FindingKind kind, std::uint64_t record, std::string detail = {}, std::uint64_t until = 0);
    void compare_inner_head(const Line& line);
    void compare_expected(const Line& line);
    void note_misfit(const Line& line, Misfit misfit);

    Seal seal_;
    Report report_;
    Chain chain_;
    bool may_begin_later_;
    std::multimap<std::uint64_t, Head> heads_;
    std::multimap<std::uint64_t, StoredResult> results_;
    std::map<std::uint64_t, std::string> recent_; // hashes, for the head beside
    std::string file_;
    std::uint64_t line_ = 0;
};

// All files of the record. Beside a running daemon it may meet a line that is being written (half_a_line) and
// a head that is not yet written (head_behind by a few is none). Reason: audit_unwritable (a file cannot be
// read). Reentrant.
Result<Report> examine(const std::filesystem::path& record, const Seal& seal, const Expected& expected = {});

// Calls `take` with every line of the record, oldest first, until it returns false; `half`: a file ends
// within that line. Reason: audit_unwritable.
Result<void> each_line(const std::filesystem::path& record,
                       const std::function<void(const std::filesystem::path& file)>& begin_file,
                       const std::function<bool(std::string_view line, bool half)>& take);

} // namespace kaomon::audit
