// What daemon and kaomon-photo say to each other over the socket pair; both are the same build on the same
// machine.
//
//   worker: ready_byte, once it sits in its cage
//   daemon: one Request, then that many bytes of JP2
//   worker: one Answer, then width * height * channels bytes if it is decoded; then it ends
#pragma once

#include "daemon/photo/raster.hpp"

#include <cstdint>

namespace kaomon::photo::wire {

inline constexpr char ready_byte = 'r';

struct Request {
    std::uint32_t bytes; // at most max_photo_bytes
};

enum class Status : std::uint32_t { decoded = 0, malformed = 1 };

struct Answer {
    Status status;
    Raster raster; // zeros if malformed
};

} // namespace kaomon::photo::wire
