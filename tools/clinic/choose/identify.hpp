// Who the device is that was measured: what sysfs, the installed CCID driver's list and our own driver's
// table know of it.
#pragma once

#include "tools/clinic/choose/camera_facts.hpp"
#include "tools/clinic/choose/reader_facts.hpp"

namespace kaomon::choose {

// USB identity, slots, driver and quirks of facts.reader. A reader behind which no USB device stands
// is a virtual one, and said to be simulated: no reader for My Number Cards has any other plug. Reason:
// reader_service_down.
Result<void> identify(ReaderFacts& facts);

// The formats that the camera with this id (empty: the first) offers. Nothing where they cannot be listed.
std::vector<std::string> formats_of(const std::string& camera);

} // namespace kaomon::choose
