// Numbers come from a file, a pipe or a hidden prompt: never from the command line, which everybody can list.
#pragma once

#include "drivers/base/secret.hpp"

#include <expected>
#include <string>
#include <string_view>

namespace kaomon::command {

// The first line of a file, or of standard input for "-", without blanks around it; at most 128
// characters. The error is an English clause.
std::expected<SecretText, std::string> read_secret(const std::string& source);

// Asks on standard error and reads one line from standard input, without echo if that is a terminal.
std::expected<SecretText, std::string> prompt_secret(std::string_view question);

// The same with echo, for what is no secret.
std::expected<std::string, std::string> prompt_line(std::string_view question);

} // namespace kaomon::command
