// The process by the names that every exporter gives them: memory, processor, descriptors.
#pragma once

#include "daemon/metrics/page.hpp"

namespace kaomon::metrics {

// From /proc/self; what cannot be read is left out. Reentrant.
void write_process(Page& page);

} // namespace kaomon::metrics
