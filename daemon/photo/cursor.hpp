// Reads big-endian numbers out of bytes that may end at any point.
#pragma once

#include "drivers/base/bytes.hpp"

#include <cstddef>
#include <cstdint>

namespace kaomon::photo {

// Once something was asked for beyond the end the cursor has failed, stays failed and yields zeros, so that a
// parser checks once per structure and not once per number. Thread-bound.
class Cursor {
  public:
    explicit Cursor(ByteView bytes) noexcept : left_(bytes) {}

    std::uint8_t u8() noexcept { return static_cast<std::uint8_t>(number(1)); }
    std::uint16_t u16() noexcept { return static_cast<std::uint16_t>(number(2)); }
    std::uint32_t u32() noexcept { return number(4); }
    ByteView take(std::size_t count) noexcept {
        if (count > left_.size()) {
            failed_ = true;
            left_ = {};
        }
        if (failed_)
            return {};
        const ByteView taken = left_.first(count);
        left_ = left_.subspan(count);
        return taken;
    }

    bool failed() const noexcept { return failed_; }
    std::size_t left() const noexcept { return left_.size(); }

  private:
    std::uint32_t number(std::size_t bytes) noexcept {
        std::uint32_t value = 0;
        for (const std::uint8_t byte : take(bytes))
            value = value << 8 | byte;
        return value;
    }

    ByteView left_;
    bool failed_ = false;
};

} // namespace kaomon::photo
