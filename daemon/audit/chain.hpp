// How lines of the audit record hang together: n counts from 1, prev is the hash of the line before (of the
// first one 64 zeros). Each line thus vouches for itself and for all before it, over as many files as there
// are. One kind of line may leave numbers out: a gap, by which the daemon notes that records are missing.
#pragma once

#include "daemon/audit/line.hpp"
#include "proto/words.hpp"

namespace kaomon::audit {

// Why a line is not the next one of its chain.
enum class Misfit : std::uint8_t {
    none,
    altered,         // it does not fit its own hash
    numbers_missing, // its number is higher than the next one
    out_of_order,    // its number is lower
    does_not_follow, // its number fits, the hash of the line before does not
};
consteval auto words_of(Misfit) {
    return in_words("none", "altered", "numbers_missing", "out_of_order", "does_not_follow");
}

inline constexpr std::string_view gap_event = "gap";

// Thread-bound; a value.
class Chain {
  public:
    Chain() = default;
    // A chain whose last line had that number and hash.
    Chain(std::uint64_t count, std::string_view last_hash) : count_(count), last_hash_(last_hash) {}

    // `members`: JSON members without braces. The line, ending in a newline, that continues the chain; a gap
    // may have a higher `number` than the next one.
    std::string next_line(std::string_view members) const { return line(count_ + 1, members); }
    std::string line(std::uint64_t number, std::string_view members) const;

    Misfit fit(const Line& line) const;
    // From here on the chain goes on behind this line, whether it fits or not.
    void go_on_behind(const Line& line);

    std::uint64_t count() const noexcept { return count_; } // the last line's number
    const std::string& last_hash() const noexcept { return last_hash_; }

  private:
    std::uint64_t count_ = 0;
    std::string last_hash_ = std::string(hash_digits, '0');
};

} // namespace kaomon::audit
