// One explicit act of a person, and the ledger of those that had their one VERIFY.
#pragma once

#include "drivers/base/result.hpp"
#include "drivers/base/unique_fd.hpp"

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <unordered_set>

namespace kaomon::card::mynumber {

// A number keyed in, a button pressed. Its one VERIFY is its only one.
struct ActId {
    std::uint64_t value = 0;
    friend bool operator==(ActId, ActId) = default;
};

// The act that `owner` (a user of the device) calls `name`: the first 64 bits of a SHA-256 over both, so that
// two owners' names never meet. Reentrant.
ActId act_named(std::string_view owner, std::string_view name);

// Which acts are spent. With a file it outlives the daemon: a caller that repeats its message to a restarted
// daemon spends nothing. Lines of 16 hexadecimal digits; the latest 4096 are kept. Thread-bound.
class ActLedger {
  public:
    ActLedger() = default; // in memory only
    // Opens or makes the file (0600) and holds it: one writer. What is no line of a ledger is passed over,
    // half a line (power cut) is cut off. Reason: acts_unwritable.
    static Result<ActLedger> open(const std::filesystem::path& file);

    bool spent(ActId act) const noexcept { return spent_.contains(act.value); }
    // Written and synced before it returns: only then may the VERIFY leave. Reason: acts_unwritable.
    Result<void> spend(ActId act);

  private:
    std::unordered_set<std::uint64_t> spent_;
    UniqueFd file_;
};

} // namespace kaomon::card::mynumber
