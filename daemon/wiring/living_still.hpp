// A photograph as the simulated camera's living head: it must know where the eyes are.
#pragma once

#include "daemon/face/pipeline.hpp"

#include <filesystem>

namespace kaomon::wiring {

struct LivingStill {
    std::filesystem::path name; // "FILE#eyes=X,Y,X,Y", as [camera] stills has it
    Image photograph;
    face::Observation face;
};

// Of a photograph with one face. Reasons: parameter_invalid (no JPEG that can be read), no_face,
// several_faces; the detail names the file. Thread-bound, as the pipeline.
Result<LivingStill> living_still(const std::filesystem::path& file, face::Pipeline& pipeline);

} // namespace kaomon::wiring
