// Who may write the daemon's secrets: its own user, whose they then are.
#pragma once

#include "tools/words/trouble.hpp"

#include <filesystem>
#include <string>

namespace kaomon::kaomonctl {

// A file that root makes is not the daemon's to read. `command`: of kaomonctl, for the advice. Troubles:
// cannot_read, another_user.
Outcome<void> as_its_owner(const std::filesystem::path& file, const std::string& command);

} // namespace kaomon::kaomonctl
