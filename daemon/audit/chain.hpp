// How lines of the audit record hang together.
//
//   {"n":7,"time":…, … ,"prev":"<hash of line 6>","hash":"<SHA-256 of this line up to here, before ,"hash">"}
//
// n counts from 1; the first line's prev is 64 zeros. Each line thus vouches for itself and for all before
// it.
#pragma once

#include "drivers/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace kaomon::audit {

inline constexpr std::size_t max_line = 8192; // bytes; our own are near 600

// SHA-256 as 64 lower-case hexadecimal digits, as the chain and Record::result_sha256 have it. Reentrant.
std::string sha256_hex(std::string_view text);

// Thread-bound; a value.
class Chain {
  public:
    // `members`: JSON members without braces. The line, ending in a newline, that continues the chain.
    std::string next_line(std::string_view members) const;
    // Takes a line (without its newline) as the next one, or says why it is not. Reason: audit_broken.
    Result<void> accept(std::string_view line);
    std::uint64_t count() const noexcept { return count_; }

  private:
    std::uint64_t count_ = 0;
    std::string last_hash_ = std::string(64, '0');
};

} // namespace kaomon::audit
