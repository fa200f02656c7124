// Comparing templates: the cosine, or that cosine normalised by a population.
#pragma once

#include "daemon/match/policy.hpp"
#include "daemon/match/population.hpp"

#include <limits>
#include <optional>

namespace kaomon::match {

// A comparison score knows its kind, so that none is held against the threshold of the other.
struct Score {
    float value = std::numeric_limits<float>::lowest(); // like nobody
    ScoreKind kind = ScoreKind::cosine;
};

// The one way from two templates to a score. Immutable; reentrant.
class Comparison {
  public:
    Comparison() = default; // cosines
    explicit Comparison(Population population) : population_(std::move(population)) {}

    ScoreKind kind() const noexcept { return population_ ? ScoreKind::normalised : ScoreKind::cosine; }
    const std::optional<Population>& population() const noexcept { return population_; }
    // The same whichever comes first. What is no number at all is like nobody.
    Score compare(const face::Template& probe, const face::Template& reference) const noexcept;

  private:
    std::optional<Population> population_;
};

// Cosine of two unit templates, -1..1. Reentrant.
float compare(const face::Template& probe, const face::Template& reference) noexcept;

// Mean of unit templates, renormalised; norm is the largest of them. Needs at least one. Reentrant.
face::Template fuse(std::span<const face::Template> templates);

} // namespace kaomon::match
