// What would fail the first patient and can be known before one comes: looked at when the daemon starts and
// again every minute. Reader and service are told by the reader itself (DeviceStatus::reader_fault).
#pragma once

#include "proto/reason.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace kaomon::health {

struct Checks {
    // Files that must take a record, each with the reason that its failure is; one that is not there yet can
    // be made.
    std::vector<std::pair<std::filesystem::path, Reason>> records;
    std::function<std::int64_t()> now; // seconds since 1970, UTC; thread-safe
    std::int64_t earliest_now = 0;     // no clock that is right shows less
    bool trusts_signers = false;       // the trust store holds a record signer's key
    std::function<std::optional<Reason>()>
        camera; // whether one is there, without a picture; empty: not asked
};

// clock_invalid also where a record was written more than a day later than now. Reentrant.
std::vector<Reason> look(const Checks& checks);

// Calls `tell` from a thread of its own with what look() found: at once, and whenever that time has passed. A
// camera's driver that hangs holds up nothing else.
class SelfCheck {
  public:
    SelfCheck(Checks checks, std::chrono::milliseconds every, std::function<void(std::vector<Reason>)> tell);

  private:
    std::jthread thread_;
};

} // namespace kaomon::health
