// One running kaomon-photo: started, spoken to under a deadline, ended.
#pragma once

#include "drivers/base/clock.hpp"
#include "drivers/base/result.hpp"
#include "drivers/base/unique_fd.hpp"

#include <sys/types.h>

#include <cstddef>
#include <filesystem>

namespace kaomon::photo {

// Thread-bound. The failures are photo_decoder_failed (it ended, with how in the detail) and
// photo_decoder_timeout (the deadline passed, or its own CPU timer fired); after either the process is of no
// more use.
class WorkerProcess {
  public:
    // Empty environment, default signals, the socket as descriptor 0. Does not wait for the cage to close.
    static Result<WorkerProcess> start(const std::filesystem::path& program, Milliseconds cpu_time);
    WorkerProcess(WorkerProcess&& other) noexcept;
    WorkerProcess& operator=(WorkerProcess&& other) noexcept;
    ~WorkerProcess(); // kills what still runs, and waits until it is gone

    // Kills without waiting.
    void kill() noexcept;

    // Waits for the sign that it sits in its cage; at once if it came before.
    Result<void> await_ready(Instant deadline);
    bool has_ended() const;
    Result<void> send(const void* from, std::size_t bytes, Instant deadline);
    Result<void> receive(void* into, std::size_t bytes, Instant deadline);

  private:
    WorkerProcess(pid_t pid, UniqueFd process, UniqueFd socket);
    Result<void> wait_for(short events, Instant deadline);
    Failure why_it_ended();
    void end() noexcept;

    pid_t pid_ = -1;   // -1: reaped
    UniqueFd process_; // pidfd
    UniqueFd socket_;
    bool ready_ = false;
};

} // namespace kaomon::photo
