// Which program has a device open.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace kaomon::doctor {

// "NAME (process PID)" of the first one whose open files this user may see. `processes`: as /proc. Reentrant.
std::optional<std::string> holder_of(const std::filesystem::path& device,
                                     const std::filesystem::path& processes = "/proc");

} // namespace kaomon::doctor
