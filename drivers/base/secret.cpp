#include "drivers/base/secret.hpp"

#include <sys/mman.h>

#include <cstring>
#include <new>

namespace kaomon {
namespace {

constexpr std::size_t own_mapping_from = 4096; // a page: smaller blocks come from the heap

} // namespace

void wipe(void* block, std::size_t bytes) noexcept {
    explicit_bzero(block, bytes);
}

void* allocate_secret(std::size_t bytes) {
    if (bytes < own_mapping_from)
        return ::operator new(bytes);
    void* block = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (block == MAP_FAILED)
        throw std::bad_alloc();
    madvise(block, bytes, MADV_DONTDUMP);
    mlock(block, bytes); // over the limit the block stays unlocked; the service unit sets the limit
    return block;
}

void release_secret(void* block, std::size_t bytes) noexcept {
    wipe(block, bytes);
    if (bytes < own_mapping_from) {
        ::operator delete(block, bytes);
    } else {
        munmap(block, bytes);
    }
}

} // namespace kaomon
