// Memory for the packed weights of a network, allocated piece by piece and given back all at once. On large
// pages where the kernel has them: a run walks through megabytes of weights, and finding small pages costs it
// a tenth of its time.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace kaomon::face::engine {

class WeightMemory {
  public:
    WeightMemory() = default;
    WeightMemory(WeightMemory&& other) noexcept;
    WeightMemory& operator=(WeightMemory&&) = delete;
    ~WeightMemory();

    // `n` zeros, aligned to a cache line. Throws std::bad_alloc.
    template<class T>
    std::span<T> allocate(std::size_t n) {
        return {static_cast<T*>(allocate_bytes(n * sizeof(T))), n};
    }

  private:
    void* allocate_bytes(std::size_t bytes);

    std::vector<std::span<std::byte>> blocks_; // of address space: what is never touched costs nothing
    std::size_t used_ = 0;                     // of the last block
};

} // namespace kaomon::face::engine
