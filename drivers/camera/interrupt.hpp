// A bell that ends a wait in poll().
#pragma once

#include "drivers/base/unique_fd.hpp"

#include <sys/eventfd.h>

namespace kaomon::camera {

// ring() is thread-safe, the rest thread-bound.
class Interrupt {
  public:
    Interrupt() noexcept : event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

    bool usable() const noexcept { return static_cast<bool>(event_); }
    int descriptor() const noexcept { return event_.get(); } // readable once it was rung
    void ring() noexcept { eventfd_write(event_.get(), 1); }
    // Was it rung since the last call?
    bool take() noexcept {
        eventfd_t count = 0;
        return eventfd_read(event_.get(), &count) == 0;
    }

  private:
    UniqueFd event_;
};

} // namespace kaomon::camera
