// What stands in the memory of a running process, and a search for pieces that must not be there.
#pragma once

#include "drivers/base/bytes.hpp"

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace kaomon::test {

// One place of a process where bytes can stand: a writable mapping (heap, stacks, arena, data), or a thread's
// registers.
struct Region {
    std::string name; // "[heap]", "anonymous", a file, "registers of thread N"
    std::uint64_t start = 0;
    ByteView bytes; // lives as long as the call it is handed to
};

// Calls `look` with one region after the other, while the process runs; root may do so with an undumpable
// process too. False when nothing could be read. The threads are stopped for the microseconds in which their
// registers are read. Files mapped read-only are passed over: nothing of a patient can come into them.
// Thread-bound.
bool each_region(pid_t process, const std::function<void(const Region&)>& look);

// Pieces of what belongs to a patient, by kind ("photograph, pixels").
class Pieces {
  public:
    static constexpr std::size_t shortest = 8; // bytes; shorter ones are found everywhere

    void add(const std::string& kind, ByteView piece);
    void add(const std::string& kind, std::string_view text);
    std::size_t size() const noexcept { return pieces_.size(); }

    struct Finds {
        std::map<std::string, int> kinds; // how often
        std::string where;                // the first few, for a person
        bool empty() const noexcept { return kinds.empty(); }
    };
    void find_in(ByteView bytes, std::string_view name, std::uint64_t start, Finds& finds) const;
    // All of a process.
    Finds find_in(pid_t process) const;

  private:
    struct Piece {
        std::string kind;
        std::vector<std::uint8_t> bytes;
    };
    static std::uint64_t head(const std::uint8_t* at) noexcept;
    std::vector<Piece> pieces_;
    std::unordered_multimap<std::uint64_t, std::size_t> by_head_; // first eight bytes
    // The first place from `at` to `last` where a piece may begin; most are none by the first look at the
    // filter.
    const std::uint8_t* next_candidate(const std::uint8_t* at, const std::uint8_t* last) const noexcept;
    std::vector<std::uint64_t> filter_ = std::vector<std::uint64_t>(1U << 10); // 2^16 bits, of hashed heads
};

} // namespace kaomon::test
