#include "drivers/base/secret.hpp"

#include "drivers/base/arena.hpp"
#include "drivers/base/log.hpp"

#include <sys/mman.h>

#include <atomic>
#include <cstring>
#include <new>

namespace kaomon {
namespace {

constexpr std::size_t own_mapping_from = 4096; // a page: smaller blocks come from the heap
constexpr std::align_val_t cache_line{64};     // what OpenCV asks of the memory of a matrix
constexpr std::size_t large_page = std::size_t{2} << 20;

// Never destroyed: static objects may give blocks back after main.
std::atomic<Arena*> the_arena{nullptr};

void tell_of_full_arena() noexcept {
    static std::atomic_flag told;
    if (!told.test_and_set())
        log(LogLevel::warning, "memory: the arena is full; more is mapped block by block, slower and "
                               "locked only as far as the limit allows");
}

} // namespace

void wipe(void* block, std::size_t bytes) noexcept {
    explicit_bzero(block, bytes);
}

Result<void> open_secret_arena(std::size_t bytes) {
    if (the_arena.load() != nullptr)
        return fail(Reason::internal_error, "there is an arena already");
    auto made = Arena::map(bytes);
    if (!made)
        return std::unexpected(made.error());
    the_arena.store(made->release(), std::memory_order_release);
    return {};
}

const Arena* secret_arena() noexcept {
    return the_arena.load(std::memory_order_acquire);
}

void* allocate_secret(std::size_t bytes) {
    if (Arena* arena = the_arena.load(std::memory_order_acquire)) {
        if (void* block = arena->take(bytes))
            return block;
        tell_of_full_arena();
    }
    if (bytes < own_mapping_from)
        return ::operator new(bytes, cache_line);
    void* block = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (block == MAP_FAILED)
        throw std::bad_alloc();
    madvise(block, bytes, MADV_DONTDUMP);
    if (bytes >= large_page)
        madvise(block, bytes, MADV_HUGEPAGE); // the memory of a network: walked through from end to end
    mlock(block, bytes); // over the limit the block stays unlocked; the service unit sets the limit
    return block;
}

void release_secret(void* block, std::size_t bytes) noexcept {
    Arena* arena = the_arena.load(std::memory_order_acquire);
    if (arena != nullptr && arena->holds(block))
        return arena->give_back(block, bytes);
    wipe(block, bytes);
    if (bytes < own_mapping_from) {
        ::operator delete(block, bytes, cache_line);
    } else {
        munmap(block, bytes);
    }
}

} // namespace kaomon
