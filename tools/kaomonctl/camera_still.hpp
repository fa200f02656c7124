// The command `still` below `kaomonctl camera`.
#pragma once

#include "tools/kaomonctl/commands.hpp"

namespace kaomon::kaomonctl {

void add_camera_still(Commands& commands, CLI::App* group);

} // namespace kaomon::kaomonctl
