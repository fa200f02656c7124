// How many frames were looked at, and how many were not: what wears a camera and what a slow machine costs.
#pragma once

#include <cstdint>

namespace kaomon::camera {

struct FrameCount {
    std::uint64_t looked_at = 0;
    std::uint64_t passed_over = 0; // gaps in the driver's own count: a newer one was there, or it was lost
};

} // namespace kaomon::camera
