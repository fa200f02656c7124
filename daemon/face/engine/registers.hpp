// The registers of the instruction set that a file is compiled for, which says KAOMON_TARGET (as the compiler
// takes it) and KAOMON_BITS of a register before it includes the kernels.
// Functions carry the target attribute one by one, so that no code shared with the rest of the program (an
// inline function of the standard library, say) is compiled for a CPU that may not be there.
// Loops over registers are unrolled by pragma: otherwise GCC 12 keeps the sums of a tile in memory and runs
// at a third of the speed.
#pragma once

#define KAOMON_VECTOR [[gnu::target(KAOMON_TARGET)]]
#define KAOMON_INLINE [[gnu::target(KAOMON_TARGET), gnu::always_inline]] inline

#if KAOMON_BITS == 256
#include "daemon/face/engine/registers_256.hpp"
#else
#include "daemon/face/engine/registers_512.hpp"
#endif
