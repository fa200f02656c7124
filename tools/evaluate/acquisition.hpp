// From the images of a list to templates, with the daemon's own code: every core, one pipeline each.
#pragma once

#include "daemon/config/config.hpp"
#include "daemon/face/observation.hpp"
#include "daemon/face/template.hpp"
#include "tools/evaluate/list.hpp"

#include <functional>
#include <optional>

namespace kaomon::evaluate {

struct View { // a face as the device sees it
    face::Template face;
    face::Quality quality;
};

// Milliseconds of one image; negative where a step was not done.
struct StepTimes {
    float decode = -1, observe = -1, embed = -1;
    float card = -1; // portrait made, coded, decoded, observed and embedded
};

struct Sample {
    std::size_t entry = 0; // index into List::entries
    Result<View> live = fail(Reason::photo_malformed);
    std::optional<Result<View>> card = std::nullopt; // where it was asked for
    StepTimes times = {};
};

// A sample that says nothing about the device: the image itself could not be read.
bool unreadable(const Sample& sample) noexcept;

class TemplateFile;

struct AcquisitionSettings {
    config::Config device; // its sections face and photo
    bool card = false;     // the image as a card's photograph, too
    unsigned threads = 1;
    TemplateFile* known = nullptr; // what was acquired before is taken from it, what is new is added to it
    std::function<void(std::size_t done)> progress = {}; // from any of the threads, one at a time
};

// One sample for each entry of the list, in its order. Trouble: model_missing, model_refused,
// photo_decoder_failed.
Outcome<std::vector<Sample>> acquire(const List& list, const AcquisitionSettings& settings);

// SHA-256 of the embedder in that folder, without loading it for work. Trouble: model_missing, model_refused.
Outcome<std::string> embedder_of(const std::filesystem::path& models);

} // namespace kaomon::evaluate
