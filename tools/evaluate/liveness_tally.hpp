// What the presentations came to, in the terms of ISO/IEC 30107-3.
#pragma once

#include "tools/evaluate/binomial.hpp"
#include "tools/evaluate/presentation.hpp"

#include <boost/json/object.hpp>

#include <map>

namespace kaomon::evaluate {

enum class Origin : std::uint8_t { recorded, rendered };

// Presentations of one kind: bona fide, or one kind of attack instrument.
struct Group {
    std::size_t presentations = 0;
    std::map<Classification, std::size_t> classified;
    std::array<std::map<liveness::Outcome, std::size_t>, liveness_kinds> kinds; // of each evidence
    std::size_t count(Classification classification) const;
};

struct LivenessTally {
    std::map<std::pair<Origin, std::string>, Group> groups; // by where it is from and its label
    std::size_t unusable = 0;                               // clips without a frame, stills without a face
    Conditions conditions;

    void add(Origin origin, const std::string& label, const Answer& answer);
};

// APCER and APNRR of each attack, BPCER and BPNRR, each with hits, trials and its exact interval.
boost::json::object as_json(const LivenessTally& tally);
// The same as lines of a table.
std::vector<std::string> as_text(const LivenessTally& tally, Language language);

} // namespace kaomon::evaluate
