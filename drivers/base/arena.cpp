#include "drivers/base/arena.hpp"

#include "drivers/base/secret.hpp"

#include <sanitizer/asan_interface.h> // nothing but comments where AddressSanitizer is off
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <string>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

namespace kaomon {
namespace {

std::size_t page() {
    return static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

} // namespace

Result<std::unique_ptr<Arena>> Arena::map(std::size_t bytes) {
    const std::size_t size = std::bit_ceil(std::max(bytes, page()));
    if (order_of(size) >= orders)
        return fail(Reason::internal_error, "an arena of this size cannot be had");
    void* mapping = mmap(nullptr, size + 2 * page(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapping == MAP_FAILED)
        return fail(Reason::internal_error, std::string("mmap of the arena: ") + std::strerror(errno));
    auto* const first = static_cast<std::byte*>(mapping);
    auto* const base = first + page();
    if (mprotect(base, size, PROT_READ | PROT_WRITE) != 0) {
        munmap(mapping, size + 2 * page());
        return fail(Reason::internal_error, std::string("mprotect of the arena: ") + std::strerror(errno));
    }
    return std::unique_ptr<Arena>(new Arena(first, base, size));
}

Arena::Arena(std::byte* mapping, std::byte* base, std::size_t size)
    : mapping_(mapping), base_(base), marks_(new std::uint8_t[size >> smallest]{}) {
    figures_.size = size;
    madvise(base_, size, MADV_DONTDUMP);
    madvise(base_, size, MADV_WIPEONFORK); // a child finds zeros
    madvise(base_, size, MADV_HUGEPAGE);   // a network's memory is walked through from end to end
    figures_.locked = mlock(base_, size) == 0;
#ifdef __SANITIZE_ADDRESS__
    __lsan_register_root_region(base_, size); // what a block points to is not leaked
#endif
    ASAN_POISON_MEMORY_REGION(base_, size);
    link(base_, order_of(size));
}

Arena::~Arena() {
    ASAN_UNPOISON_MEMORY_REGION(base_, figures_.size);
#ifdef __SANITIZE_ADDRESS__
    __lsan_unregister_root_region(base_, figures_.size);
#endif
    wipe(base_, figures_.size);
    munmap(mapping_, figures_.size + 2 * page());
}

unsigned Arena::order_of(std::size_t bytes) noexcept {
    const auto power = static_cast<unsigned>(std::bit_width(std::max<std::size_t>(bytes, 1) - 1));
    return power <= smallest ? 0 : power - smallest;
}

std::uint8_t& Arena::mark_of(const std::byte* block) noexcept {
    return marks_[static_cast<std::size_t>(block - base_) >> smallest];
}

void Arena::link(std::byte* block, unsigned order) noexcept {
    ASAN_UNPOISON_MEMORY_REGION(block, sizeof(Free));
    auto* const entry = new (block) Free{free_[order], nullptr};
    if (entry->next != nullptr)
        entry->next->previous = entry;
    free_[order] = entry;
    mark_of(block) = static_cast<std::uint8_t>(1 + order);
}

void Arena::unlink(std::byte* block, unsigned order) noexcept {
    auto* const entry = std::launder(reinterpret_cast<Free*>(block));
    (entry->previous != nullptr ? entry->previous->next : free_[order]) = entry->next;
    if (entry->next != nullptr)
        entry->next->previous = entry->previous;
    wipe(entry, sizeof(Free));
    ASAN_POISON_MEMORY_REGION(block, sizeof(Free));
    mark_of(block) = 0;
}

void* Arena::take(std::size_t bytes) noexcept {
    const unsigned wanted = order_of(bytes);
    const std::lock_guard lock(mutex_);
    unsigned order = wanted;
    while (order < orders && free_[order] == nullptr)
        ++order;
    if (order >= orders) {
        ++figures_.turned_away;
        return nullptr;
    }
    auto* const block = reinterpret_cast<std::byte*>(free_[order]);
    unlink(block, order);
    while (order > wanted) {
        --order;
        link(block + size_of(order), order);
    }
    figures_.taken += size_of(order);
    figures_.highest = std::max(figures_.highest, figures_.taken);
    ASAN_UNPOISON_MEMORY_REGION(block, bytes);
    return block;
}

void Arena::give_back(void* taken, std::size_t bytes) noexcept {
    wipe(taken, bytes);
    ASAN_POISON_MEMORY_REGION(taken, bytes);
    auto* block = static_cast<std::byte*>(taken);
    unsigned order = order_of(bytes);
    const std::lock_guard lock(mutex_);
    figures_.taken -= size_of(order);
    // The buddy's address differs in one bit; with a free one of the same size it becomes one block of the
    // next.
    for (; size_of(order) < figures_.size; ++order) {
        const auto offset = static_cast<std::size_t>(block - base_);
        std::byte* const buddy = base_ + (offset ^ size_of(order));
        if (mark_of(buddy) != 1 + order)
            break;
        unlink(buddy, order);
        block = std::min(block, buddy);
    }
    link(block, order);
}

bool Arena::holds(const void* block) const noexcept {
    const auto address = reinterpret_cast<std::uintptr_t>(block);
    const auto first = reinterpret_cast<std::uintptr_t>(base_);
    return address >= first && address - first < figures_.size;
}

Arena::Figures Arena::figures() const noexcept {
    const std::lock_guard lock(mutex_);
    return figures_;
}

} // namespace kaomon
