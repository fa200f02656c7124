// What a finished piece of work leaves below the stack pointer and in the vector registers.
#pragma once

namespace kaomon {

// Zeroes 256 KiB of the calling thread's stack below the caller (deeper than any work here goes, and a thread
// has 8 MiB), and the vector registers, through which pixels and digits are copied. For the end of a visit:
// some 20 us. Reentrant.
void wipe_stack() noexcept;

} // namespace kaomon
