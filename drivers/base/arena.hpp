// Memory for faces and numbers, taken from the kernel once: locked, out of core dumps, between two guard
// pages.
#pragma once

#include "drivers/base/result.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>

namespace kaomon {

// A buddy allocator (Knuth, The Art of Computer Programming 2.5 C): blocks are powers of two from 64 bytes,
// so that nothing but the free blocks themselves needs a list. Every block is zero when it is handed out.
// Thread-safe.
class Arena {
  public:
    struct Figures {
        std::size_t size = 0;          // bytes
        std::size_t taken = 0;         // bytes handed out now, in whole blocks
        std::size_t highest = 0;       // the most that ever was
        std::uint64_t turned_away = 0; // requests that did not fit
        bool locked = false;           // in RAM: never swapped out
    };

    // `bytes` is rounded up to a power of two. Where locking is refused (RLIMIT_MEMLOCK) the arena works
    // unlocked and says so in its figures. Reason: internal_error (no memory).
    static Result<std::unique_ptr<Arena>> map(std::size_t bytes);
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;
    ~Arena(); // zeroed before it is given back

    // At least `bytes`, aligned to 64; nullptr where no free block is as large.
    void* take(std::size_t bytes) noexcept;
    // Zeroes the block; `bytes` as they were asked for.
    void give_back(void* block, std::size_t bytes) noexcept;
    bool holds(const void* block) const noexcept;
    Figures figures() const noexcept;

  private:
    struct Free { // at the start of every free block
        Free* next;
        Free* previous;
    };
    static constexpr unsigned smallest = 6, orders = 32; // blocks are 2^(6 + order) bytes

    Arena(std::byte* mapping, std::byte* base, std::size_t size);
    static unsigned order_of(std::size_t bytes) noexcept;
    static std::size_t size_of(unsigned order) noexcept { return std::size_t{1} << (smallest + order); }
    std::uint8_t& mark_of(const std::byte* block) noexcept;
    void link(std::byte* block, unsigned order) noexcept;
    void unlink(std::byte* block, unsigned order) noexcept;

    std::byte* mapping_; // with the guard pages
    std::byte* base_;
    mutable std::mutex mutex_;
    std::array<Free*, orders> free_{};
    std::unique_ptr<std::uint8_t[]>
        marks_; // one for each 64 bytes: 1 + order where a free block begins, 0 elsewhere
    Figures figures_;
};

} // namespace kaomon
