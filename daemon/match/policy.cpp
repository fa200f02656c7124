#include "daemon/match/policy.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace kaomon::match {
namespace {

// SFace 2021dec, by `kaomonctl evaluate match` on the group that has the highest false match rate of those
// measured: people of the region a Japanese clinic serves are compared with each other, not with the world.
// Strangers from anywhere (LFW) reach 1e-4 already at a cosine of 0.39, where this group is at 1e-3. Of live
// x live and card x live the higher threshold is taken: how a real card's photograph compares is not known.
constexpr std::string_view group = "East Asian adults among themselves", date = "2026-11-25";
constexpr std::uint32_t images = 1293;

constexpr Evidence plain(double lowest, double highest, bool extrapolated = false) {
    return {"UTKFace, live x live", group, images, 808'049, date, lowest, highest, extrapolated};
}
// Two halves, each normalised by a population of the other one's people.
constexpr Evidence halves(double lowest, double highest, bool extrapolated = false) {
    return {"UTKFace, live x live, population of other people",
            group,
            images,
            395'682,
            date,
            lowest,
            highest,
            extrapolated};
}

// Between the measured ones a decade is 0.063 and 0.67; beyond them a third more, for the tail may be
// heavier.
constexpr std::array<Policy, 3> by_cosine{{
    {PolicyName::normal, ScoreKind::cosine, 0.392F, 1e-3, plain(6.3e-4, 1.3e-3)},
    {PolicyName::strict, ScoreKind::cosine, 0.455F, 1e-4, plain(4.1e-5, 1.5e-4)},
    {PolicyName::very_strict, ScoreKind::cosine, 0.54F, 1e-5, plain(0, 0, true)},
}};
constexpr std::array<Policy, 3> normalised{{
    {PolicyName::normal, ScoreKind::normalised, 2.06F, 1e-3, halves(7.5e-4, 1.23e-3)},
    {PolicyName::strict, ScoreKind::normalised, 2.73F, 1e-4, halves(5.0e-5, 1.6e-4)},
    {PolicyName::very_strict, ScoreKind::normalised, 3.62F, 1e-5, halves(0, 0, true)},
}};

std::string rate(double value) {
    char digits[16];
    std::snprintf(digits, sizeof digits, "%.2g", value);
    return digits;
}

} // namespace

std::span<const Policy> policies(ScoreKind kind) noexcept {
    return kind == ScoreKind::cosine ? by_cosine : normalised;
}

const Policy& policy_of(PolicyName name, ScoreKind kind) noexcept {
    return policies(kind)[static_cast<std::size_t>(name)];
}

std::string text(const Evidence& evidence) {
    std::string clause = evidence.extrapolated ? "not measured: extrapolated from " : "";
    clause += std::string(evidence.data_set) + ", " + std::string(evidence.group) + ", " +
              std::to_string(evidence.images) + " images, " + std::to_string(evidence.comparisons) +
              " comparisons, " + std::string(evidence.date);
    if (!evidence.extrapolated) {
        clause += ", 95 % interval of the rate " + rate(evidence.lowest) + " to " + rate(evidence.highest);
    }
    return clause;
}

} // namespace kaomon::match
