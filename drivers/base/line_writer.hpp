// Lines to a descriptor that somebody may have stopped reading.
#pragma once

#include <cstddef>
#include <string_view>

namespace kaomon {

// Never waits for the reader: what does not fit now is lost, and counted. A line of more than longest_line
// bytes is cut. The descriptor stays the caller's. Thread-bound.
class LineWriter {
  public:
    static constexpr std::size_t longest_line = 4096; // bytes, PIPE_BUF: a pipe takes it whole or not at all

    explicit LineWriter(int descriptor);
    // `line` with its newline. False: it is lost.
    bool write(std::string_view line);
    // Lines that were lost since that was asked last.
    std::size_t lost() noexcept;

  private:
    int descriptor_;
    bool socket_ = false, pipe_ = false;
    bool broken_off_ = false; // a socket took a part of the last line
    std::size_t lost_ = 0;
};

} // namespace kaomon
