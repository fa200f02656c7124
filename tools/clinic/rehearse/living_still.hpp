// A still as the simulated camera's living head: it must know where the eyes are.
#pragma once

#include "daemon/face/pipeline.hpp"

#include <filesystem>

namespace kaomon::rehearse {

// "FILE#eyes=…" of a photograph with one face; one that says a part or eyes already, as it is. Reasons:
// parameter_invalid (no photograph), those of the pipeline. Thread-bound, as the pipeline.
Result<std::filesystem::path> living_still(const std::filesystem::path& still, face::Pipeline& pipeline);

} // namespace kaomon::rehearse
