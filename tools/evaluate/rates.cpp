#include "tools/evaluate/rates.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <random>
#include <set>
#include <thread>

namespace kaomon::evaluate {
namespace {

// The middle 95 % of what the draws gave. No error at all leaves the draws silent: then 3 in the number of
// independent trials is the limit (ISO/IEC 19795-1, "rule of 3").
Rate rate_of(double value, std::vector<double> drawn, double independent) {
    Rate rate{value, value, value};
    std::erase_if(drawn, [](double one) { return !std::isfinite(one); });
    if (drawn.size() >= 2) {
        std::ranges::sort(drawn);
        const auto at = [&](double share) {
            return drawn[static_cast<std::size_t>(
                std::lround(share * static_cast<double>(drawn.size() - 1)))];
        };
        rate.lowest = std::min(value, at(0.025));
        rate.highest = std::max(value, at(0.975));
    }
    if (value == 0 && independent > 0)
        rate.highest = std::max(rate.highest, std::min(1.0, 3 / independent));
    return rate;
}

double weight(const NonMatedScore& one, Draw draw) {
    return static_cast<double>(draw[one.row_person]) * static_cast<double>(draw[one.column_person]);
}

// How many comparisons of two people a draw has.
double comparisons(const NonMated& scores, Draw draw) {
    double rows = 0, columns = 0, own = 0;
    for (const auto& [person, images] : scores.people) {
        const double times = draw[person];
        rows += times * images.rows;
        columns += times * images.columns;
        own += times * times * images.rows * images.columns;
    }
    return (rows * columns - own) / (scores.once ? 2 : 1);
}

// The score below which a draw's rate would pass the wanted one.
double threshold_in(const NonMated& scores, double rate, Draw draw) {
    const double allowed = rate * comparisons(scores, draw);
    double passed = 0;
    for (const NonMatedScore& one : scores.highest) {
        passed += weight(one, draw);
        if (passed > allowed)
            return one.score;
    }
    return std::numeric_limits<double>::quiet_NaN();
}

double non_match_in(std::span<const MatedScore> scores, double threshold, Draw draw,
                    std::optional<std::uint32_t> group) {
    if (!std::isfinite(threshold))
        return std::numeric_limits<double>::quiet_NaN();
    double below = 0, all = 0;
    for (const MatedScore& one : scores) {
        if (group && one.group != *group)
            continue;
        all += draw[one.person];
        below += static_cast<double>(one.score) < threshold ? draw[one.person] : 0;
    }
    return all > 0 ? below / all : std::numeric_limits<double>::quiet_NaN();
}

double people_of(std::span<const MatedScore> scores, std::optional<std::uint32_t> group) {
    std::set<std::uint32_t> people;
    for (const MatedScore& one : scores) {
        if (!group || one.group == *group)
            people.insert(one.person);
    }
    return static_cast<double>(people.size());
}

std::vector<std::uint16_t> everybody_once(const Draws& draws) {
    return std::vector<std::uint16_t>(draws.count() > 0 ? draws[0].size() : 0, 1);
}

} // namespace

Draws::Draws(std::uint32_t people, std::size_t count, unsigned threads) : threads_(threads) {
    std::mt19937_64 random(19795); // NOLINT(cert-msc*): the same intervals in every run
    for (std::size_t draw = 0; draw < count; ++draw) {
        std::vector<std::uint16_t> times(people);
        for (std::uint32_t i = 0; i < people; ++i) {
            auto& drawn = times[random() % people];
            drawn = static_cast<std::uint16_t>(drawn + 1);
        }
        draws_.push_back(std::move(times));
    }
}

std::vector<double> Draws::each(const std::function<double(Draw)>& value) const {
    std::vector<double> values(draws_.size());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t draw = next++; draw < draws_.size(); draw = next++)
            values[draw] = value(draws_[draw]);
    };
    std::vector<std::jthread> others;
    for (unsigned thread = 1; thread < threads_; ++thread)
        others.emplace_back(work);
    work();
    others.clear(); // joins
    return values;
}

Rate rate_of(double value, std::vector<double> drawn) {
    return rate_of(value, std::move(drawn), 0);
}

std::optional<Rate> false_match_rate(const NonMated& scores, float threshold, const Draws& draws) {
    if (scores.comparisons == 0 || threshold < scores.complete_from)
        return std::nullopt;
    const auto end =
        std::ranges::upper_bound(scores.highest, threshold, std::greater{}, &NonMatedScore::score);
    const std::span passed(scores.highest.begin(), end);
    auto drawn = draws.each([&](Draw draw) {
        double sum = 0;
        for (const NonMatedScore& one : passed)
            sum += weight(one, draw);
        return sum / comparisons(scores, draw);
    });
    return rate_of(static_cast<double>(passed.size()) / static_cast<double>(scores.comparisons),
                   std::move(drawn), scores.people_count() / 2.0);
}

std::optional<Rate> false_non_match_rate(std::span<const MatedScore> scores, float threshold,
                                         const Draws& draws, std::optional<std::uint32_t> group) {
    const double value = non_match_in(scores, static_cast<double>(threshold), everybody_once(draws), group);
    if (!std::isfinite(value))
        return std::nullopt;
    auto drawn = draws.each(
        [&](Draw draw) { return non_match_in(scores, static_cast<double>(threshold), draw, group); });
    return rate_of(value, std::move(drawn), people_of(scores, group));
}

std::optional<OperatingPoint> operating_point(const NonMated& scores, std::span<const MatedScore> mated,
                                              double rate, const Draws& draws) {
    const double allowed = rate * static_cast<double>(scores.comparisons);
    const auto last = static_cast<std::size_t>(allowed);
    if (allowed < fewest_errors || last >= scores.highest.size())
        return std::nullopt;
    OperatingPoint point{.rate = rate, .threshold = {}, .false_non_match = {}};
    const float threshold =
        std::nextafter(scores.highest[last].score, std::numeric_limits<float>::infinity());
    auto thresholds = draws.each([&](Draw draw) { return threshold_in(scores, rate, draw); });
    std::vector<double> rates;
    for (std::size_t draw = 0; draw < draws.count(); ++draw)
        rates.push_back(non_match_in(mated, thresholds[draw], draws[draw], {}));
    point.threshold = rate_of(static_cast<double>(threshold), std::move(thresholds), 0);
    const double missed = non_match_in(mated, static_cast<double>(threshold), everybody_once(draws), {});
    if (std::isfinite(missed))
        point.false_non_match = rate_of(missed, std::move(rates), people_of(mated, {}));
    return point;
}

std::optional<Drawn> false_non_match_where_all_keep(std::span<const NonMated> sets,
                                                    std::span<const MatedScore> mated, double rate,
                                                    const Draws& draws, double fewest) {
    std::vector<const NonMated*> heard;
    float threshold = std::numeric_limits<float>::lowest();
    for (const NonMated& set : sets) {
        const double allowed = rate * static_cast<double>(set.comparisons);
        const auto last = static_cast<std::size_t>(allowed);
        if (allowed < fewest || last >= set.highest.size())
            continue;
        heard.push_back(&set);
        threshold = std::max(threshold, set.highest[last].score); // which itself is one too many
    }
    if (heard.empty() || mated.empty())
        return std::nullopt;
    const auto missed =
        std::ranges::count_if(mated, [&](const MatedScore& one) { return one.score <= threshold; });
    return Drawn{static_cast<double>(missed) / static_cast<double>(mated.size()), draws.each([&](Draw draw) {
                     double highest = std::numeric_limits<double>::lowest();
                     for (const NonMated* set : heard) {
                         const double own = threshold_in(*set, rate, draw);
                         highest = own > highest || std::isnan(own) ? own : highest;
                     }
                     return non_match_in(mated, highest, draw, {});
                 })};
}

} // namespace kaomon::evaluate
