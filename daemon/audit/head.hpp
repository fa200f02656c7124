// The head of the record: number and hash of its last line, signed by the device. It stands beside the record
// (FILE.head), in the record itself from time to time, and in the journal.
#pragma once

#include "drivers/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace kaomon::audit {

struct Head {
    std::uint64_t sequence = 0; // of the last line
    std::string hash;           // of that line
    std::int64_t time = 0;      // of the signature: seconds since 1970, UTC
    friend bool operator==(const Head&, const Head&) = default;
};

inline constexpr std::size_t max_head = 4096; // bytes of its file; our own are near 400
inline constexpr std::string_view head_type = "kaomon-audit-head+jws"; // "typ" of its JWS

// {"sequence":7,"hash":"…","time":…}, exactly so. Reentrant.
std::string to_json(const Head& head);
std::optional<Head> head_from_json(std::string_view json);

// The device's key, as far as the record needs it; whoever knows the key makes it. Without `sign` no head is
// written, without `check` none can be read.
struct Seal {
    std::function<std::string(std::string_view json)> sign;         // a compact JWS
    std::function<Result<std::string>(std::string_view jws)> check; // what was signed, or why it is not
};

// A JWS as a head. Reason: audit_broken.
Result<Head> open_head(std::string_view jws, const Seal& seal);

std::filesystem::path head_file_of(const std::filesystem::path& record);
// Nothing where there is no file. Reason: audit_broken (it cannot be read, or no key of ours signed it).
Result<std::optional<Head>> read_head(const std::filesystem::path& record, const Seal& seal);
// Reason: audit_unwritable.
Result<void> write_head(const std::filesystem::path& record, std::string_view jws);

} // namespace kaomon::audit
