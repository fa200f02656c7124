// Whether the clock that a record's time comes from is set by somebody who knows the time.
#pragma once

#include "proto/words.hpp"

#include <cstdint>

namespace kaomon::audit {

enum class ClockState : std::uint8_t { synchronised, unsynchronised, unknown };
consteval auto words_of(ClockState) {
    return in_words("synchronised", "unsynchronised", "unknown");
}

// By the kernel (adjtimex); where the service's sandbox hides that, by the mark that systemd-timesyncd
// leaves, whose absence says nothing. Reentrant.
ClockState clock_state();

} // namespace kaomon::audit
