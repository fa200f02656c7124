#include "tools/command/report_file.hpp"

#include "proto/exit_code.hpp"

#include <cstdio>
#include <fstream>

namespace kaomon::command {

Outcome<void> write_report(const std::string& file, const std::string& text) {
    const bool written = file == to_stdout
                             ? std::fwrite(text.data(), 1, text.size(), stdout) == text.size()
                             : static_cast<bool>((std::ofstream(file, std::ios::binary) << text).flush());
    if (written)
        return {};
    return std::unexpected(
        Trouble{exit_usage,
                "cannot_write",
                {file + " に書けません。", file + " cannot be written"},
                {"場所と権限を確かめてください。", "look at the place and its permissions"}});
}

} // namespace kaomon::command
