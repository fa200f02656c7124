// Comparison scores of one kind between two galleries: the mated ones all, of the others what matters.
#pragma once

#include "daemon/match/policy.hpp"
#include "tools/evaluate/gallery.hpp"

#include <array>
#include <map>
#include <tuple>

namespace kaomon::evaluate {

struct MatedScore { // of two images of one person (ISO/IEC 2382-37: biometric mated comparison)
    float score = 0;
    std::uint32_t person = 0, group = 0;
    std::uint32_t row = 0, column = 0; // in their galleries
};

struct NonMatedScore { // of images of two people
    float score = 0;
    std::uint32_t row_person = 0, column_person = 0;
};

// Non-mated comparisons of one set of people: how many there were, and the highest scores among them.
struct NonMated {
    struct Images {
        std::uint32_t rows = 0, columns = 0;
    };
    std::uint64_t comparisons = 0;
    std::vector<NonMatedScore> highest;     // falling; every one from `complete_from` on
    float complete_from = 0;                // scores
    std::map<std::uint32_t, Images> people; // images of each person on either side
    bool once = false;                      // each pair counts once, not once each way
    std::uint32_t people_count() const noexcept { return static_cast<std::uint32_t>(people.size()); }
};
// How many comparisons of two people the images of a set make. Reentrant.
std::uint64_t comparisons_among(const NonMated& set);
// To sort non-mated scores by: falling, and a total order, so that every run says the same.
inline std::tuple<float, std::uint32_t, std::uint32_t> falling(const NonMatedScore& one) noexcept {
    return {-one.score, one.row_person, one.column_person};
}

struct Scores {
    match::ScoreKind kind = match::ScoreKind::cosine;
    std::vector<MatedScore> mated;
    NonMated all;                  // whoever with whomever
    std::vector<NonMated> groups;  // of each group among itself
    std::vector<float> step_score; // thresholds over the whole range, rising, and the share of all non-mated
    std::vector<double> step_rate; // scores at and above each: for the upper end of a DET curve
};

struct ScoreSettings {
    match::ScoreKind kind = match::ScoreKind::cosine; // normalised: the galleries have their standing
    std::size_t groups = 1;
    bool same = false;       // rows and columns are one gallery: a pair counts once
    double keep = 0.02;      // share of the non-mated scores, counted in each set, that is kept at the least
    float keep_from = 1e30F; // and every one from this score on
    unsigned threads = 1;
};

// A comparison with one of the images that a template was made of is none. Reentrant.
Scores score_all(const Gallery& rows, const Gallery& columns, const ScoreSettings& settings);

} // namespace kaomon::evaluate
