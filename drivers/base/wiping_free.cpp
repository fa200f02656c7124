// Linked into a program, this takes the place of free() and realloc() for the program and every library in
// it: nothing is left behind in heap memory given back. It closes what no arena reaches: the scratch of
// libjpeg-turbo, OpenCV and OpenSSL, Boost.Asio's handlers, std::string, the buffers of iostreams. Allocation
// stays glibc's. decisions/0025 says why not M_PERTURB. Sanitizers bring their own free(): there,
// ASAN_OPTIONS=max_free_fill_size=... does the same.
#include <malloc.h>
#include <string.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <limits>

extern "C" {

void __libc_free(void* block) noexcept; // NOLINT(bugprone-reserved-identifier,cert-dcl*): glibc's own

void free(void* block) noexcept {
    if (block == nullptr)
        return;
    const int kept = errno;
    explicit_bzero(block, malloc_usable_size(block));
    __libc_free(block);
    errno = kept; // as glibc keeps it since 2.33
}

void* realloc(void* block, std::size_t bytes) noexcept {
    if (block == nullptr)
        return malloc(bytes);
    if (bytes == 0) { // as glibc: given back
        free(block);
        return nullptr;
    }
    const std::size_t had = malloc_usable_size(block);
    if (bytes <= had && bytes >= had / 2) { // stays where it is
        explicit_bzero(static_cast<char*>(block) + bytes, had - bytes);
        return block;
    }
    void* const moved = malloc(bytes);
    if (moved == nullptr)
        return nullptr;
    memcpy(moved, block, std::min(had, bytes));
    free(block);
    return moved;
}

void* reallocarray(void* block, std::size_t count, std::size_t bytes) noexcept {
    std::size_t whole = 0;
    if (__builtin_mul_overflow(count, bytes, &whole)) {
        errno = ENOMEM;
        return nullptr;
    }
    return realloc(block, whole);
}
}
