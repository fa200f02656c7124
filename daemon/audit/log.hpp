// The record of what was decided: one line per verification, each chained to the one before by its hash, its
// head signed by the device (decisions/0040).
#pragma once

#include "daemon/audit/clock.hpp"
#include "daemon/audit/head.hpp"
#include "daemon/audit/record.hpp"
#include "drivers/base/result.hpp"

#include <cstdint>
#include <ctime>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace kaomon::audit {

// Where the next line comes: what a signed result says of its record.
struct Place {
    std::uint64_t sequence = 0;
    std::string previous; // hash of the line before
};

inline constexpr std::uint64_t head_every = 64; // records; and whenever a day begins in Japan

// Append-only JSON lines. Holds a lock: one writer per record. Thread-bound.
class Log {
  public:
    struct Settings {
        std::filesystem::path file;
        std::uint64_t segment_bytes = std::uint64_t{16} << 20; // a file of that size is full
        bool monthly = true;                                   // and every month has a file of its own
        Seal seal{};
        // This device wrote records before: then none at all is no first start.
        bool began_before = false;
        std::function<std::int64_t()> now = [] { return static_cast<std::int64_t>(std::time(nullptr)); };
        std::function<ClockState()> clock = clock_state;
    };

    // Opens or makes the file (0600) and reads its end; what is before that only examine() reads. The folder
    // must exist. What does not fit (the head is missing, records are behind it, the end is damaged) is noted
    // as a line {"event":"gap","why":…} and told by trouble(); the record goes on behind it. A half-written
    // last line (power cut) is cut off, kept beside as .torn and noted as {"event":"torn_line"}. Reason:
    // audit_unwritable (also: another process writes it).
    static Result<Log> open(Settings settings);
    Log(Log&&) noexcept;
    Log& operator=(Log&&) noexcept;
    ~Log();

    // Whether a record can be written now; room for it is kept on the disk. After a failed sync, or when the
    // file was cut, grown or replaced behind our back, it is opened anew. Reason: audit_unwritable.
    Result<void> ready();

    Place next() const;
    // Written and synced before it returns: a verdict is given out only after this. A line that could not be
    // written whole leaves no trace, and the next one tries anew. Reasons: audit_unwritable; audit_broken
    // when the file was changed behind our back (then, and after a failed sync, ready() helps).
    Result<void> append(const Record& record);
    Result<void> append(const Event& event);

    // Signs the head where it is due and puts it beside the record; not in the way of a verdict. The line
    // that holds a signed head, when one was written: for the journal, which leaves this machine. Reasons as
    // append().
    Result<std::optional<std::string>> sign_head();

    // audit_broken, audit_head_missing: what was found when the file was opened, for as long as this lives.
    std::optional<Reason> trouble() const noexcept;
    const std::string& trouble_detail() const noexcept; // English, for engineers

  private:
    struct Impl;
    explicit Log(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace kaomon::audit
