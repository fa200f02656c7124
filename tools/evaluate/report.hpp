// What an evaluation found: numbers, groups as the list names them, and nothing of anybody's face or name.
#pragma once

#include "daemon/match/policy.hpp"
#include "daemon/match/population.hpp"
#include "tools/evaluate/rates.hpp"
#include "tools/words/language.hpp"

#include <map>
#include <string>

namespace kaomon::evaluate {

struct Point { // of a curve
    double x = 0, y = 0;
};

struct Curve {
    std::string name;
    std::vector<Point> points;
};

// Error rates of k fused views at one threshold, which is set by single ones: the daemon has one threshold
// however many views it fuses.
struct Fused {
    std::size_t views = 1;
    std::optional<Rate> false_non_match;
    std::optional<Rate> false_match; // of everybody with everybody
};

struct WantedRate { // a false match rate, and what it costs
    double rate = 0;
    Rate threshold;
    std::vector<Fused> fused; // by rising number of views, from 1
};

struct ThresholdTable { // thresholds by the people among whom false matches are counted
    std::string among;  // a group; empty: everybody
    bool everybody = false;
    std::uint64_t comparisons = 0;
    std::uint32_t people = 0;
    std::vector<WantedRate> wanted; // only rates that this many comparisons can measure
};

struct GroupRates { // ISO/IEC 19795-10: one group among itself, at a threshold that is the same for all
    std::string group;
    std::uint64_t comparisons = 0;
    std::optional<Rate> false_match, false_non_match;
};

struct AtThreshold {
    std::string name; // of a policy, or why this threshold
    float threshold = 0;
    std::optional<Rate> false_match, false_non_match; // of everybody
    std::vector<GroupRates> groups;
    std::optional<double> ratio; // highest false match rate of a group over the lowest
};

// Probes that the daemon settles on before it has all the views it was to fuse (match/probe.hpp: two strong
// ones), beside those of any one, two and more views, all at the thresholds of the policies.
struct SettledAt {
    std::string policy;
    float threshold = 0;
    std::optional<Rate> false_non_match, false_match; // of everybody with everybody
    std::vector<Fused> fused;
};
struct SettledAtOnce {
    std::uint64_t pairs = 0, settled = 0; // of two views of a person
    std::vector<SettledAt> at;
};

struct Discard { // ISO/IEC 29794-1: the error that is left when the worst by a quality measure are discarded
    std::string measure;
    std::vector<Point> points; // share discarded, false non-match rate of the rest
};

struct Comparisons { // of one kind of score, of one pair of sides
    match::ScoreKind kind = match::ScoreKind::cosine;
    bool card = false; // references are card portraits; else live images
    std::uint64_t mated = 0, non_mated = 0;
    std::uint32_t mated_people = 0;
    std::vector<ThresholdTable> thresholds;       // everybody first
    std::vector<AtThreshold> at;                  // the policies, then where the worst group keeps a rate
    std::optional<SettledAtOnce> settled_at_once; // where three views and more are fused
    std::vector<Curve> detection_error_trade_off; // false match rate, false non-match rate
    std::vector<Discard> discard;
    double discard_threshold = 0;
};

struct GroupSize {
    std::string name;
    std::uint32_t images = 0, people = 0;
    std::uint32_t failures = 0; // to acquire
};

struct Acquisition { // of one side
    std::uint64_t attempts = 0;
    std::map<std::string, std::uint64_t> failures; // by reason
    std::uint64_t failed() const noexcept;
};

struct Speed { // of one step of one image on one thread, milliseconds
    std::string step;
    double median = 0, fastest = 0;
    std::uint64_t images = 0;
};

struct Report {
    std::string date;       // YYYY-MM-DD
    std::string version;    // of kaomonctl
    std::string model;      // SHA-256 of the embedder
    std::string arithmetic; // that it was computed with: int16, fp32, opencv
    std::uint64_t images = 0, bad_lines = 0, unreadable = 0;
    std::uint32_t people = 0;
    std::vector<GroupSize> groups;
    std::optional<match::Provenance> population;
    Acquisition live;
    std::optional<Acquisition> card;
    std::vector<Speed> speed;
    double seconds_acquiring = 0, seconds_comparing = 0; // of the whole run
    unsigned threads = 1;
    std::size_t draws = 0; // of the intervals
    std::vector<Comparisons> comparisons;
};

// The machine's form: schema in report_json.cpp. Reentrant, as are the others.
std::string as_json(const Report& report);
// One page with plots, for people.
std::string as_page(const Report& report, Language language);
// Tables for a terminal, or ready for a document.
std::string as_text(const Report& report);
std::string as_markdown(const Report& report);

} // namespace kaomon::evaluate
