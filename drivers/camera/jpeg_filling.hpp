// Bytes that cameras and drivers write where no picture data are: before a restart marker, before the end
// marker, or in place of the end of a picture that did not arrive.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/secret.hpp"

namespace kaomon::camera {

// `jpeg` without runs of one repeated byte before the restart markers of its scan and at the scan's end.
// `scan`: where its entropy-coded data begin. Blocks that had been decoded from such a run are then missing,
// and the decoder says so. Reentrant.
SecretBytes without_filling(ByteView jpeg, std::size_t scan);

} // namespace kaomon::camera
