// Error rates from scores (ISO/IEC 19795-1), with intervals that come from drawing people anew.
#pragma once

#include "tools/evaluate/scores.hpp"

#include <functional>
#include <optional>
#include <span>

namespace kaomon::evaluate {

struct Rate {
    double value = 0;
    double lowest = 0, highest = 0; // 95 % interval
};

// How often each person is in it.
using Draw = std::span<const std::uint16_t>;

// People drawn with replacement, many times over. The same seed every time.
class Draws {
  public:
    Draws(std::uint32_t people, std::size_t count, unsigned threads = 1);
    std::size_t count() const noexcept { return draws_.size(); }
    Draw operator[](std::size_t draw) const { return draws_[draw]; }
    // The value of each draw, in their order, computed by that many threads.
    std::vector<double> each(const std::function<double(Draw)>& value) const;

  private:
    std::vector<std::vector<std::uint16_t>> draws_;
    unsigned threads_;
};

// Share of the comparisons at and above the threshold; nothing for a threshold below the scores that were
// kept.
std::optional<Rate> false_match_rate(const NonMated& scores, float threshold, const Draws& draws);
// Share below the threshold; nothing without mated comparisons. `group`: only of it.
std::optional<Rate> false_non_match_rate(std::span<const MatedScore> scores, float threshold,
                                         const Draws& draws, std::optional<std::uint32_t> group = {});

inline constexpr double fewest_errors = 10; // that a measured rate stands for

// Where a wanted false match rate is reached: the lowest threshold that keeps it.
struct OperatingPoint {
    double rate = 0;                     // wanted
    Rate threshold;                      // a score
    std::optional<Rate> false_non_match; // there; its interval holds the threshold's own
};
// Nothing where the rate would stand for fewer than ten false matches: that is no measurement.
std::optional<OperatingPoint> operating_point(const NonMated& scores, std::span<const MatedScore> mated,
                                              double rate, const Draws& draws);

// The FNMR at the lowest threshold at which no set has more false matches than the rate, and in each draw the
// FNMR at that draw's threshold: for rates that are put together of several. Sets whose rate would stand for
// fewer than `fewest` false matches have no say; nothing where none has one, or without mated comparisons.
struct Drawn {
    double value = 0;
    std::vector<double> draws; // in their order; no number where too few scores were kept
};
std::optional<Drawn> false_non_match_where_all_keep(std::span<const NonMated> sets,
                                                    std::span<const MatedScore> mated, double rate,
                                                    const Draws& draws, double fewest = fewest_errors);

// The value with the middle 95 % of what the draws gave.
Rate rate_of(double value, std::vector<double> drawn);

} // namespace kaomon::evaluate
