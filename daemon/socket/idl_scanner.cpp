#include "daemon/socket/idl_scanner.hpp"

#include <algorithm>
#include <array>

namespace kaomon::socket::idl {
namespace {

bool is_word_character(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '-';
}

constexpr std::array<std::string_view, 3> signs{"->", "[]", "[string]"};

} // namespace

void Scanner::skip_blanks() noexcept {
    while (!text_.empty()) {
        const char c = text_.front();
        if (c == '#') {
            text_.remove_prefix(std::min(text_.find('\n'), text_.size()));
            continue;
        }
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
            return;
        if (c == '\n')
            ++line_;
        text_.remove_prefix(1);
    }
}

void Scanner::advance() noexcept {
    skip_blanks();
    std::size_t length = 0;
    for (const std::string_view sign : signs) {
        if (text_.starts_with(sign))
            length = sign.size();
    }
    if (length == 0) {
        const auto end = std::ranges::find_if_not(text_, is_word_character);
        length = static_cast<std::size_t>(end - text_.begin());
    }
    if (length == 0 && !text_.empty())
        length = 1;
    token_ = text_.substr(0, length);
    text_.remove_prefix(length);
}

bool Scanner::take(std::string_view expected) noexcept {
    if (token_ != expected)
        return false;
    advance();
    return true;
}

} // namespace kaomon::socket::idl
