// The record of what was decided: one line per verification, each chained to the one before by its hash.
#pragma once

#include "drivers/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace kaomon::audit {

// No patient's name, number, image, score or nonce: none of these has a place here.
struct Record {
    std::int64_t time = 0; // seconds since 1970, UTC
    std::string session;
    std::string caller; // user id of the process that asked
    std::string decision, method, reason;
    std::string signature, chip; // genuineness
    std::string policy;
    std::string result_sha256;           // of the JWS handed out
    std::string simulated;               // comma separated, empty when everything is real
    std::string staff{}, staff_reason{}; // of a visual check: the member of staff's id, and why it was needed
    std::string earlier{};               // "face:no_match,pin:pin_wrong": methods that failed before
    std::string suspicion{};             // inherited from earlier sessions with this card, comma separated
};

// Append-only JSON lines, chained as chain.hpp says. Holds a lock: one writer per file. Thread-bound.
class Log {
  public:
    // Opens or makes the file (0600) and verifies the chain. A half-written last line (power cut) is cut off,
    // kept beside as .torn and recorded as a line {"n":…,"event":"torn_line","bytes":…,…}. The folder must
    // exist. Reasons: audit_unwritable (also: another process writes it), audit_broken.
    static Result<Log> open(const std::filesystem::path& file);
    Log(Log&&) noexcept;
    Log& operator=(Log&&) noexcept;
    ~Log();

    // Written and synced before it returns: a verdict is given out only after this. A line that could not be
    // written whole leaves no trace, and the next append tries anew. Reasons: audit_unwritable; audit_broken
    // when the file was cut, grown or replaced behind our back (then, and after a failed sync, only opening
    // again helps).
    Result<void> append(const Record& record);

  private:
    struct Impl;
    explicit Log(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// The number of records of a file whose chain closes. Reads without a lock; against a running daemon it may
// meet a line that is being written. Reasons: audit_broken (detail: the line), audit_unwritable (cannot be
// read).
//
// What it finds: any changed, removed, added or reordered byte or line, with one exception: lines taken off
// at the end leave a chain that closes. And the chain has no key: who may write the file can write it anew.
// Against both, keep the newest hash (or the number of lines) elsewhere; the signed results name their
// records by result_sha256.
Result<std::uint64_t> verify(const std::filesystem::path& file);

} // namespace kaomon::audit
