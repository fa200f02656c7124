// Scores of two embedders, added with a weight: what a second one would change.
#pragma once

#include "tools/evaluate/scores.hpp"

namespace kaomon::evaluate {

// What one embedder made of the faces of a list: a row of `size` numbers of length 1 for each.
struct Embeddings {
    std::size_t size = 0;
    SecretVector<float> live, card; // card: empty where live views are compared with each other
    std::span<const float> row(const SecretVector<float>& of, std::size_t face) const noexcept {
        return std::span(of).subspan(face * size, size);
    }
};

// The faces that both embedders could be asked about.
struct TwoEmbedders {
    struct Face {
        std::uint32_t person = 0, group = 0;
        bool hint = false; // the person is a guess: no mated comparisons
    };
    std::vector<Face> faces;
    std::size_t groups = 1;
    std::array<Embeddings, 2> by;
    bool card() const noexcept { return !by[0].card.empty(); }
};

using FaceNumbers = std::span<const std::uint32_t>; // indices into TwoEmbedders::faces

// Scores (1 - weight) x first + weight x second.
struct WeightedScores {
    double weight = 0;
    std::vector<MatedScore> mated; // row and column: numbers of faces
    std::vector<NonMated> groups;  // of each group among itself, the highest of its scores
};

// The faces of `compared` with each other, with each of the weights (0..1). Each embedder's cosine is first
// measured against the live templates of `population`, where every group counts alike: normalised as
// match::normalise() does or, for cosines, less their mean and in their standard deviations, the same two
// numbers for all, so that a weight means the same for any two embedders. `keep`: share of the non-mated
// scores that is kept at the least. Reentrant.
std::vector<WeightedScores> score_fused(const TwoEmbedders& both, FaceNumbers compared,
                                        FaceNumbers population, match::ScoreKind kind,
                                        std::span<const double> weights, double keep);

} // namespace kaomon::evaluate
