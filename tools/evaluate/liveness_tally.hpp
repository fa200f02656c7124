// What the presentations came to, counted.
#pragma once

#include "tools/evaluate/presentation.hpp"

#include <map>

namespace kaomon::evaluate {

enum class Origin : std::uint8_t { recorded, rendered };
consteval auto words_of(Origin) {
    return in_words("recorded", "rendered");
}

// Presentations of one kind: bona fide, or one kind of attack instrument.
struct Group {
    std::size_t presentations = 0;
    std::map<Classification, std::size_t> classified;
    std::array<std::map<liveness::Outcome, std::size_t>, liveness::kind_count> kinds; // of each evidence
    std::vector<double> seconds;              // until there was a response
    std::map<std::string, std::size_t> hints; // the last ones shown where there was none

    std::size_t count(Classification classification) const;
    std::size_t count(liveness::Kind kind, liveness::Outcome outcome) const;
    // Of the presentations with a response; nothing without one.
    std::optional<double> median_seconds() const;
};

struct LivenessTally {
    std::map<std::pair<Origin, std::string>, Group> groups; // by where it is from and its label
    std::size_t unusable = 0;                               // clips without a frame, stills without a face
    Conditions conditions;
    bool card = false;         // rendered attacks show the photograph of the visit's card
    std::string date, version; // YYYY-MM-DD; of kaomonctl

    void add(Origin origin, const std::string& label, const Answer& answer);
};

bool is_bona_fide(std::string_view label);

} // namespace kaomon::evaluate
