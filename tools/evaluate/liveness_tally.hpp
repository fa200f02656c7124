// What the presentations came to, counted.
#pragma once

#include "proto/policy_name.hpp"
#include "tools/evaluate/presentation.hpp"

#include <compare>
#include <map>

namespace kaomon::evaluate {

enum class Origin : std::uint8_t { recorded, rendered };
consteval auto words_of(Origin) {
    return in_words("recorded", "rendered");
}

// What a desk is set to.
struct Setting {
    PolicyName policy = PolicyName::normal;
    bool screen = false; // a patient screen is there
    auto operator<=>(const Setting&) const = default;
};
// Before which desk, where it is from, its label.
struct GroupKey {
    Setting setting;
    Origin origin;
    std::string label;
    auto operator<=>(const GroupKey&) const = default;
};

// Presentations of one kind: bona fide, or one kind of attack instrument.
struct Group {
    std::size_t presentations = 0;
    std::size_t asked = 0; // for a movement
    std::map<Classification, std::size_t> classified;
    std::array<std::map<liveness::Outcome, std::size_t>, liveness::kind_count> kinds; // of each evidence
    std::vector<double> seconds;              // until there was a response
    std::map<std::string, std::size_t> hints; // the last ones shown where there was none

    std::size_t count(Classification classification) const;
    std::size_t count(liveness::Kind kind, liveness::Outcome outcome) const;
    // The time that a share of the presentations with a response had it in (0.5: the median); nothing without
    // one.
    std::optional<double> seconds_of(double share) const;
};

struct LivenessTally {
    std::map<GroupKey, Group> groups;
    std::size_t unusable = 0;             // clips without a frame, stills without a face
    std::vector<liveness::Kind> required; // in place of the policy's; empty: that
    double seconds = 0;                   // of a presentation at most
    int rate = 0;                         // frames per second
    bool card = false;                    // rendered attacks show the photograph of the visit's card
    std::string date, version;            // YYYY-MM-DD; of kaomonctl

    void add(const GroupKey& key, const Answer& answer);
};

bool is_bona_fide(std::string_view label);
// The settings that were measured, in order.
std::vector<Setting> settings_of(const LivenessTally& tally);
// "strict", "strict, screen"
std::string setting_word(const Setting& setting);

} // namespace kaomon::evaluate
