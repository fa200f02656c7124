// The machine around the daemon, as far as whoever helps from afar must know it.
#pragma once

#include <string>

namespace kaomon::support {

// Distribution, kernel, memory, versions of packages. Without the machine's name. Reentrant.
std::string system_text();
// USB devices and cameras by vendor, model and driver; no serial numbers. Reentrant.
std::string devices_text();
// The newest lines of the daemon's journal, or why they cannot be read. Takes up to a few seconds.
std::string journal_text();

} // namespace kaomon::support
