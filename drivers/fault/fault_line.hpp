// The door through which faults come into a running program: a FIFO, one fault a line (fault.hpp).
#pragma once

#include "drivers/base/unique_fd.hpp"
#include "drivers/fault/fault.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace kaomon::fault {

// Thread-bound. `echo pull > FIFO` is a fault; writers may come and go.
class FaultLine {
  public:
    // Makes the FIFO (0600) where there is none; left behind at the end. Reason: config_invalid (cannot be
    // made or opened, or the path is something else).
    static Result<FaultLine> open(const std::filesystem::path& path);

    // For poll(): readable when take() may have something.
    int descriptor() const noexcept { return fifo_.get(); }
    // The faults of all complete lines that have come, in order; never blocks. A line that is no fault is
    // left out and said in the log.
    std::vector<Fault> take();

  private:
    explicit FaultLine(UniqueFd fifo) noexcept : fifo_(std::move(fifo)) {}
    UniqueFd fifo_;
    std::string half_;      // of a line, longest_line bytes at most
    bool too_long_ = false; // the rest of this line is dropped
};

} // namespace kaomon::fault
