// Numbers too small for their exponent count as zero while one of these lives, on its thread: computing with
// them is slow on most CPUs, and how small ones are rounded says nothing about a face. Restores what was set
// before.
#pragma once

#include <xmmintrin.h>

namespace kaomon::face::engine {

class FloatMode {
  public:
    FloatMode() noexcept { _mm_setcsr(before_ | flush_to_zero | denormals_are_zero); }
    FloatMode(const FloatMode&) = delete;
    FloatMode& operator=(const FloatMode&) = delete;
    ~FloatMode() { _mm_setcsr(before_); }

  private:
    static constexpr unsigned flush_to_zero = 0x8000, denormals_are_zero = 0x0040; // of MXCSR
    unsigned before_ = _mm_getcsr();
};

} // namespace kaomon::face::engine
