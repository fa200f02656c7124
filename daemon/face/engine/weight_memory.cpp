#include "daemon/face/engine/weight_memory.hpp"

#include <sanitizer/asan_interface.h>
#include <sys/mman.h>

#include <algorithm>
#include <new>
#include <utility>

namespace kaomon::face::engine {
namespace {

constexpr std::size_t block_size = std::size_t{16} << 20; // SFace needs 20 MiB
constexpr std::size_t line = 64;                          // bytes of a cache line

} // namespace

WeightMemory::WeightMemory(WeightMemory&& other) noexcept
    : blocks_(std::exchange(other.blocks_, {})), used_(std::exchange(other.used_, 0)) {}

WeightMemory::~WeightMemory() {
    for (const auto block : blocks_) {
        ASAN_UNPOISON_MEMORY_REGION(block.data(), block.size());
        munmap(block.data(), block.size());
    }
}

void* WeightMemory::allocate_bytes(std::size_t bytes) {
    const std::size_t size =
        (bytes / line + 2) * line; // a line of nothing at the end: AddressSanitizer guards it
    if (blocks_.empty() || blocks_.back().size() - used_ < size) {
        const std::size_t whole = std::max(size, block_size);
        void* const block =
            mmap(nullptr, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (block == MAP_FAILED)
            throw std::bad_alloc();
        madvise(block, whole, MADV_HUGEPAGE);
        ASAN_POISON_MEMORY_REGION(block, whole);
        blocks_.emplace_back(static_cast<std::byte*>(block), whole);
        used_ = 0;
    }
    std::byte* const piece = blocks_.back().data() + used_;
    used_ += size;
    ASAN_UNPOISON_MEMORY_REGION(piece, bytes);
    return piece;
}

} // namespace kaomon::face::engine
