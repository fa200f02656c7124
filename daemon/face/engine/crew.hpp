// The calling thread and one helper, for work that comes in short pieces: the layers of a network.
#pragma once

#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <utility>

namespace kaomon::face {

namespace engine {

// One share of a piece of work.
struct Part {
    std::size_t index = 0, count = 1;
    // This share of `n` things in a row: from, to.
    std::pair<std::size_t, std::size_t> of(std::size_t n) const noexcept {
        return {n * index / count, n * (index + 1) / count};
    }
};

} // namespace engine

// Thread-bound: one caller at a time. The helper spins for 0.3 ms after a piece, because the next
// one is likely near, and sleeps after that.
class Crew {
  public:
    Crew();
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;
    ~Crew();

    // Calls work({0, 2}) here and work({1, 2}) on the helper; back when both are done. `work` may not throw.
    template<std::invocable<engine::Part> Work>
    void split(Work& work) {
        hand_over([](void* w, engine::Part part) noexcept { (*static_cast<Work*>(w))(part); }, &work);
    }

  private:
    using Call = void (*)(void*, engine::Part) noexcept;
    void hand_over(Call call, void* work);
    void help();

    Call call_ = nullptr; // of the piece in hand
    void* work_ = nullptr;
    std::atomic<std::uint32_t> given_ = 0; // pieces handed to the helper
    std::atomic<std::uint32_t> done_ = 0;  // pieces it has finished
    std::thread helper_;                   // last: starts when all else is there
};

} // namespace kaomon::face
