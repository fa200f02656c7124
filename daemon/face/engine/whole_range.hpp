// Builds with AddressSanitizer look at a range that a kernel is about to touch once, as a whole: looking at
// each load of an inner loop takes four times as long as the arithmetic, and finds the same.
#pragma once

#include <cstddef>

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define KAOMON_ADDRESS_SANITIZER
#endif
#elif defined __SANITIZE_ADDRESS__
#define KAOMON_ADDRESS_SANITIZER
#endif

#ifdef KAOMON_ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
#endif

namespace kaomon::face::engine {

// Ends the process with the sanitizer's report if a byte of the range is none of ours; nothing in other
// builds. Reentrant.
template<class T>
void whole_range([[maybe_unused]] const T* first, [[maybe_unused]] std::size_t count) {
#ifdef KAOMON_ADDRESS_SANITIZER
    if (const void* bad = __asan_region_is_poisoned(const_cast<T*>(first), count * sizeof(T)))
        [[maybe_unused]]
        const volatile char seen = *static_cast<const volatile char*>(bad);
#endif
}

} // namespace kaomon::face::engine
