// Cuts an interface description into words and signs; comments and blanks fall away.
#pragma once

#include <cstddef>
#include <string_view>

namespace kaomon::socket::idl {

// Reentrant. Views the text it was made from.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : text_(text) { advance(); }

    // A word of [A-Za-z0-9._-] as far as it goes, "->", "[]", "[string]", one other character, or empty at
    // the end.
    std::string_view token() const noexcept { return token_; }
    std::size_t line() const noexcept { return line_; } // of token(), from 1
    void advance() noexcept;
    bool take(std::string_view expected) noexcept;

  private:
    void skip_blanks() noexcept;

    std::string_view text_, token_;
    std::size_t line_ = 1;
};

} // namespace kaomon::socket::idl
