// The record of what was decided: one line per verification, each chained to the one before by its hash.
#pragma once

#include "drivers/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace kaomon::audit {

// No name, number, image, score or nonce: none of these has a place here.
struct Record {
    std::int64_t time = 0; // seconds since 1970, UTC
    std::string session;
    std::string caller;    // user id of the process that asked
    std::string decision, way, reason;
    std::string signature, chip; // genuineness
    std::string policy;
    std::string result_sha256; // of the JWS handed out
    std::string simulated;     // comma separated, empty when everything is real
};

// Append-only JSON lines: {"n":…, …, "prev":"<sha256 of the line before>"}. Thread-bound.
class Log {
  public:
    // Opens or makes the file (0600) and verifies the chain. A half-written last line (power cut) is cut off, kept
    // beside as .torn and recorded. Reasons: audit_unwritable, audit_broken.
    static Result<Log> open(const std::filesystem::path& file);
    Log(Log&&) noexcept;
    Log& operator=(Log&&) noexcept;
    ~Log();

    // Written and synced before it returns: a verdict is given out only after this. Reason: audit_unwritable.
    Result<void> append(const Record& record);

  private:
    struct Impl;
    explicit Log(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// SHA-256 as 64 lower-case hexadecimal digits: for Record::result_sha256. Reentrant.
std::string sha256_hex(std::string_view text);

// The number of records of a file whose chain closes. Reasons: audit_broken (detail: the line), audit_unwritable
// (cannot be read).
Result<std::uint64_t> verify(const std::filesystem::path& file);

} // namespace kaomon::audit
