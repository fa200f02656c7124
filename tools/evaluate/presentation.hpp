// One presentation to the camera, recorded or rendered, through the daemon's own code.
#pragma once

#include "daemon/face/pipeline.hpp"
#include "daemon/liveness/watch.hpp"
#include "drivers/camera/simulated/presentation.hpp"
#include "tools/evaluate/clip_list.hpp"

#include <array>

namespace kaomon::evaluate {

inline constexpr std::size_t liveness_kinds = 8; // liveness::Kind

// ISO/IEC 30107-3: what the subsystem makes of a presentation.
enum class Classification : std::uint8_t { bona_fide, attack, no_response };

struct Answer {
    Classification classification = Classification::no_response;
    std::array<liveness::Outcome, liveness_kinds> kinds{}; // in the order of the enum
    std::size_t frames = 0, with_face = 0;
};

struct Conditions {
    double seconds = 5; // of a presentation that are looked at, from its begin
    int rate = 15;      // frames per second: of what is rendered, and by which recorded frames are timed
    std::vector<liveness::Kind> required;
};

// no_response when nothing failed but a required kind was not assessed. Reentrant.
Answer classify(std::vector<liveness::Evidence> evidence, std::span<const liveness::Kind> required);

// Frames that cannot be decoded are left out. Thread-bound, as the pipeline.
Answer present(face::Pipeline& pipeline, const std::vector<SecretBytes>& frames,
               const Conditions& conditions);
// Rendered from a still by the simulated camera, 640 x 480. Failure: the still cannot be read or has no face.
Result<Answer> present(face::Pipeline& pipeline, const std::filesystem::path& still,
                       camera::simulated::Presentation presentation, std::uint64_t seed,
                       const Conditions& conditions);

} // namespace kaomon::evaluate
