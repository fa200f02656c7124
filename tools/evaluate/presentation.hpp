// One presentation to the camera, recorded or rendered, through the daemon's own code.
#pragma once

#include "daemon/capture/transaction.hpp"
#include "daemon/photo/decoder.hpp"
#include "tools/evaluate/clip_list.hpp"
#include "tools/evaluate/species.hpp"

#include <array>

namespace kaomon::evaluate {

// ISO/IEC 30107-3: what the subsystem makes of a presentation. A visit ends with a probe, with a veto, or
// with neither in its time.
enum class Classification : std::uint8_t { bona_fide, attack, no_response };

struct Answer {
    Classification classification = Classification::no_response;
    std::array<liveness::Outcome, liveness::kind_count> kinds{}; // when it ended, in the order of the enum
    double seconds = 0;                                          // of the presentation until then
    std::optional<Reason> hint{}; // the last one: what was still asked for when there was no response
    bool asked = false;           // for a movement, at any time
};

struct Conditions {
    double seconds = 16; // of a presentation that are looked at at most, from its begin
    int rate = 15;       // frames per second: of what is rendered, and by which recorded frames are timed
    bool screen = false; // a patient screen can shine on the person
    capture::Demands demands;
};

// What a presentation is shown to.
struct Device {
    face::Pipeline& pipeline;
    photo::Decoder& decoder;
};

// Thread-bound, as the pipeline.
Answer present(const Device& device, const std::vector<SecretBytes>& frames, const Conditions& conditions);
// Rendered from a still by the simulated camera, 640 x 480. With `card` that still is also what the visit's
// card carries, as who found the card can show it. Failure: the still cannot be read or has no face.
Result<Answer> present(const Device& device, const std::filesystem::path& still, const Species& species,
                       std::uint64_t seed, const Conditions& conditions, bool card = false);

} // namespace kaomon::evaluate
