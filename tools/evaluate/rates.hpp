// Error rates from scores (ISO/IEC 19795-1), with intervals that come from drawing people anew.
#pragma once

#include "tools/evaluate/scores.hpp"

#include <optional>
#include <span>

namespace kaomon::evaluate {

struct Rate {
    double value = 0;
    double lowest = 0, highest = 0; // 95 % interval
};

// People drawn with replacement, many times over: how often each is in each draw. The same seed every time.
class Draws {
  public:
    Draws(std::uint32_t people, std::size_t count);
    std::size_t count() const noexcept { return draws_.size(); }
    std::span<const std::uint16_t> operator[](std::size_t draw) const { return draws_[draw]; }

  private:
    std::vector<std::vector<std::uint16_t>> draws_;
};

// Share of the comparisons at and above the threshold; nothing for a threshold below the scores that were
// kept.
std::optional<Rate> false_match_rate(const NonMated& scores, float threshold, const Draws& draws);
// Share below the threshold; nothing without mated comparisons. `group`: only of it.
std::optional<Rate> false_non_match_rate(std::span<const MatedScore> scores, float threshold,
                                         const Draws& draws, std::optional<std::uint32_t> group = {});

// Where a wanted false match rate is reached: the lowest threshold that keeps it.
struct OperatingPoint {
    double rate = 0;                     // wanted
    Rate threshold;                      // a score
    std::optional<Rate> false_non_match; // there; its interval holds the threshold's own
};
// Nothing where the rate would stand for fewer than ten false matches: that is no measurement.
std::optional<OperatingPoint> operating_point(const NonMated& scores, std::span<const MatedScore> mated,
                                              double rate, const Draws& draws);

} // namespace kaomon::evaluate
