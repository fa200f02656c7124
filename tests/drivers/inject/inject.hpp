// Calls of libraries and of the system that fail on purpose, drawn from a seed (as libfido2's fuzz/wrap.c
// does it).
#pragma once

#include <cstdint>

namespace kaomon::test::inject {

// While one lives, calls that ask fails() fail. One at a time, on one thread.
class Failing {
  public:
    // One call in `one_in` fails, drawn from `seed`.
    Failing(std::uint64_t seed, unsigned one_in) noexcept;
    // The call with this number fails (1 is the first), no other.
    static Failing only(std::uint64_t call) noexcept;
    Failing(const Failing&) = delete;
    Failing& operator=(const Failing&) = delete;
    ~Failing();

  private:
    explicit Failing(std::uint64_t call) noexcept;
};

// Nothing fails while one lives: for what belongs to the test and not to the driver.
class Paused {
  public:
    Paused() noexcept;
    Paused(const Paused&) = delete;
    Paused& operator=(const Paused&) = delete;
    ~Paused();

  private:
    bool before_;
};

// Asked by a call, which may tell its name: is it to fail?
bool fails(const char* name = "") noexcept;
const char* last_failed() noexcept; // its name
std::uint64_t drawn() noexcept;     // a number of the same generator, for how it fails
std::uint64_t calls() noexcept;     // since the last Failing began
std::uint64_t failures() noexcept;  // of these

bool one_only() noexcept; // is it Failing::only()?

} // namespace kaomon::test::inject
