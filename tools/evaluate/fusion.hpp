// Whether a second embedder is worth having: its weight is chosen on people who do not measure it.
#pragma once

#include "tools/evaluate/fused_scores.hpp"
#include "tools/evaluate/rates.hpp"

namespace kaomon::evaluate {

struct FusionSettings {
    match::ScoreKind kind = match::ScoreKind::cosine; // normalised: by the people who do not measure
    double rate = 1e-4;                               // false match rate that every group keeps
    std::size_t splits = 4, inner = 2;                // how often people are halved, at either depth
    std::size_t draws = 500;                          // for the intervals
    unsigned threads = 1;
};

// One half of the people, measured with the weight that the other half chose.
struct Fold {
    double weight = 0;
    std::uint64_t mated = 0;                 // comparisons
    double first = 0, fused = 0, second = 0; // FNMR of the first embedder, of both, of the second
};

struct FusionReport {
    match::ScoreKind kind = match::ScoreKind::cosine;
    double rate = 0;
    std::size_t faces = 0;
    std::vector<Fold> folds;
    Rate first, fused, second; // FNMR, mean of the folds, with 95 % intervals
    Rate change;               // fused less first, of the same people and draws
};

// The weights that are tried, from 0 (no second embedder) to 1.
std::span<const double> weights() noexcept;

// Nested splits. The people are halved, each group by itself and those with several images apart. One half
// tunes: it is halved again and again, one part of it being the population and the other the people whose
// errors choose the weight. Then all of it is the population for the other half, which is compared once, with
// the weight chosen; and the other way round. Nobody is ever among those who chose the weight, or in the
// population, that measure them. Nothing where too few people have several images or the rate would stand
// for fewer than ten false matches. Reentrant.
std::optional<FusionReport> fusion(const TwoEmbedders& both, std::uint32_t people,
                                   const FusionSettings& settings);

// The halving: in two, by people. `seed`: the same halves for the same. For tests of the above. Reentrant.
using Halves = std::array<std::vector<std::uint32_t>, 2>; // numbers of faces
Halves halves(const TwoEmbedders& both, FaceNumbers faces, std::uint64_t seed);

} // namespace kaomon::evaluate
