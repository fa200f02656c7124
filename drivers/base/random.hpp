// Random numbers that nobody can foresee.
#pragma once

#include <cstdint>

namespace kaomon {

// 64 bits from the kernel (getrandom). Throws std::system_error where it has none. Thread-safe.
std::uint64_t random_bits();

} // namespace kaomon
