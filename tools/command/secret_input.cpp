#include "tools/command/secret_input.hpp"

#include "drivers/base/unique_fd.hpp"

#include <fcntl.h>
#include <termios.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace kaomon::command {
namespace {

constexpr std::size_t longest_line = 128; // characters

// Byte by byte: what follows the line stays for the next reader, and nothing lingers in a stdio buffer.
std::expected<SecretText, std::string> read_line(int descriptor) {
    Secret<std::array<char, longest_line>> line;
    std::size_t size = 0;
    char byte = 0;
    ssize_t got = 0;
    while ((got = read(descriptor, &byte, 1)) == 1 && byte != '\n') {
        if (size == longest_line)
            return std::unexpected("the line is over 128 characters");
        line.get()[size++] = byte;
    }
    wipe(&byte, 1);
    if (got < 0)
        return std::unexpected(std::string("read: ") + std::strerror(errno));
    std::string_view text(line.get().data(), size);
    constexpr std::string_view blanks = " \t\r";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return SecretText();
    return SecretText(text.substr(first, text.find_last_not_of(blanks) - first + 1));
}

// Echo off while it lives.
class Hidden {
  public:
    explicit Hidden(int terminal) : terminal_(terminal) {
        if (tcgetattr(terminal_, &before_) != 0)
            return;
        termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        changed_ = tcsetattr(terminal_, TCSAFLUSH, &quiet) == 0;
    }
    Hidden(const Hidden&) = delete;
    Hidden& operator=(const Hidden&) = delete;
    ~Hidden() {
        if (!changed_)
            return;
        tcsetattr(terminal_, TCSAFLUSH, &before_);
        std::fputc('\n', stderr);
    }

  private:
    int terminal_;
    termios before_{};
    bool changed_ = false;
};

} // namespace

std::expected<SecretText, std::string> read_secret(const std::string& source) {
    if (source == "-")
        return read_line(STDIN_FILENO);
    const UniqueFd file(open(source.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file)
        return std::unexpected(source + ": " + std::strerror(errno));
    return read_line(file.get());
}

std::expected<SecretText, std::string> prompt_secret(std::string_view question) {
    std::fprintf(stderr, "%.*s", static_cast<int>(question.size()), question.data());
    std::fflush(stderr);
    const Hidden hidden(STDIN_FILENO);
    return read_line(STDIN_FILENO);
}

std::expected<std::string, std::string> prompt_line(std::string_view question) {
    std::fprintf(stderr, "%.*s", static_cast<int>(question.size()), question.data());
    std::fflush(stderr);
    const auto line = read_line(STDIN_FILENO);
    if (!line)
        return std::unexpected(line.error());
    return std::string(line->view());
}

} // namespace kaomon::command
