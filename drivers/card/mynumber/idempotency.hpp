// What makes a repeated message harmless: the idempotency key of what a person keyed in, and the ledger of
// the keys that had their one VERIFY.
#pragma once

#include "drivers/base/append_file.hpp"
#include "drivers/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <unordered_set>

namespace kaomon::card::mynumber {

// A number keyed in, a button pressed. Its one VERIFY is its only one.
struct IdempotencyKey {
    std::uint64_t value = 0;
    friend bool operator==(IdempotencyKey, IdempotencyKey) = default;
};

// The key that `owner` (a user of the device) calls `name`: the first 64 bits of a SHA-256 over both, so that
// two owners' names never meet. Reentrant.
IdempotencyKey idempotency_key_of(std::string_view owner, std::string_view name);

// The same act at a second counter of the card: its one VERIFY there. Reentrant.
IdempotencyKey at_second_counter(IdempotencyKey key);

// Which keys are spent. With a file it outlives the daemon: a caller that repeats its message to a restarted
// daemon spends nothing. Lines of 16 hexadecimal digits; the latest 4096 are kept. Thread-bound.
class IdempotencyLedger {
  public:
    IdempotencyLedger() = default; // in memory only
    // Opens or makes the file (0600) and holds it: one writer. Half a line at the end (power cut) is cut off.
    // Of a longer line the last 16 digits count: half a line that another one was glued to hides no key. What
    // is no line of a ledger otherwise is passed over. Reason: idempotency_ledger_unwritable.
    static Result<IdempotencyLedger> open(const std::filesystem::path& file);

    bool spent(IdempotencyKey key) const noexcept { return spent_.contains(key.value); }
    // Written and synced before it returns: only then may the VERIFY leave. A key that could not be written
    // is not spent; after a failed sync every key is refused until the ledger is opened again. Reason:
    // idempotency_ledger_unwritable.
    Result<void> spend(IdempotencyKey key);

  private:
    std::unordered_set<std::uint64_t> spent_;
    std::optional<AppendFile> file_;
};

} // namespace kaomon::card::mynumber
