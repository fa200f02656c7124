#include "tools/evaluate/scores.hpp"

#include "tools/evaluate/cosines.hpp"

#include <algorithm>
#include <limits>

namespace kaomon::evaluate {
namespace {

constexpr std::uint64_t few = 2'000'000; // comparisons: up to here every score is kept
constexpr std::size_t bins = 8000;

struct Range { // of scores that are told apart by the histogram; what lies beyond falls into its ends
    float lowest, highest;
    std::size_t bin(float score) const noexcept {
        const float place = (score - lowest) / (highest - lowest) * static_cast<float>(bins);
        return static_cast<std::size_t>(std::clamp(place, 0.F, static_cast<float>(bins - 1)));
    }
    float start(std::size_t bin) const noexcept {
        return lowest + (highest - lowest) * static_cast<float>(bin) / static_cast<float>(bins);
    }
};

Range range_of(match::ScoreKind kind) {
    return kind == match::ScoreKind::cosine ? Range{-1, 1} : Range{-12, 28};
}

using Histogram = std::vector<std::uint64_t>;
constexpr std::size_t no_group = std::numeric_limits<std::size_t>::max();

// Calls mated(row, column, score) and other(row, column, score, group or no_group) for every comparison.
template<class Mated, class Other>
void each_score(const Tile& tile, const Gallery& rows, const Gallery& columns, const ScoreSettings& settings,
                const Mated& mated, const Other& other) {
    const bool normalised = settings.kind == match::ScoreKind::normalised;
    for (std::size_t r = 0; r < tile.rows; ++r) {
        const std::size_t row = tile.first_row + r;
        for (std::size_t c = 0; c < tile.columns; ++c) {
            const std::size_t column = tile.first_column + c;
            if (settings.same && column <= row)
                continue;
            float score = tile.cosines[r * Tile::width + c];
            if (normalised)
                score = match::normalise(score, rows.standing[row], columns.standing[column]);
            if (rows.person[row] != columns.person[column])
                other(row, column, score,
                      rows.group[row] == columns.group[column] ? rows.group[row] : no_group);
            else if (!rows.hint[row] && std::ranges::find(rows.images[row], columns.images[column].front()) ==
                                            rows.images[row].end())
                mated(row, column, score);
        }
    }
}

void count_people(const Gallery& rows, const Gallery& columns, const ScoreSettings& settings,
                  Scores& scores) {
    scores.groups.resize(settings.groups);
    const auto count = [&](const Gallery& side, std::uint32_t NonMated::Images::* where) {
        for (std::size_t i = 0; i < side.size(); ++i) {
            ++(scores.all.people[side.person[i]].*where);
            ++(scores.groups[side.group[i]].people[side.person[i]].*where);
        }
    };
    count(rows, &NonMated::Images::rows);
    count(columns, &NonMated::Images::columns);
    scores.all.once = settings.same;
    scores.all.comparisons = comparisons_among(scores.all);
    for (NonMated& set : scores.groups) {
        set.once = settings.same;
        set.comparisons = comparisons_among(set);
    }
}

// The score from which on at least `wanted` of the counted ones lie.
float cut(const Histogram& histogram, double wanted, const Range& range) {
    double above = 0;
    for (std::size_t bin = bins; bin-- > 1;) {
        above += static_cast<double>(histogram[bin]);
        if (above >= wanted)
            return range.start(bin);
    }
    return std::numeric_limits<float>::lowest();
}

} // namespace

std::uint64_t comparisons_among(const NonMated& set) {
    std::uint64_t rows = 0, columns = 0, own = 0;
    for (const auto& [person, images] : set.people) {
        rows += images.rows;
        columns += images.columns;
        own += std::uint64_t{images.rows} * images.columns;
    }
    const std::uint64_t both = rows * columns - own;
    return set.once ? both / 2 : both;
}

Scores score_all(const Gallery& rows, const Gallery& columns, const ScoreSettings& settings) {
    Scores scores;
    scores.kind = settings.kind;
    count_people(rows, columns, settings, scores);
    const Range range = range_of(settings.kind);
    const std::size_t sets = settings.groups + 1; // the last one is everybody

    struct Own { // of one thread
        std::vector<Histogram> histograms;
        std::vector<MatedScore> mated;
        std::vector<std::vector<NonMatedScore>> highest;
    };
    std::vector<Own> own(settings.threads);
    for (Own& mine : own) {
        mine.histograms.assign(sets, Histogram(bins));
        mine.highest.resize(sets);
    }

    // Once to see where the highest scores begin, and once to keep them.
    for_all_cosines(rows, columns, settings.same, settings.threads, [&](const Tile& tile, unsigned thread) {
        Own& mine = own[thread];
        each_score(
            tile, rows, columns, settings,
            [&](std::size_t row, std::size_t column, float score) {
                mine.mated.push_back({score, rows.person[row], rows.group[row],
                                      static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(column)});
            },
            [&](std::size_t, std::size_t, float score, std::size_t group) {
                const std::size_t bin = range.bin(score);
                ++mine.histograms.back()[bin];
                if (group != no_group)
                    ++mine.histograms[group][bin];
            });
    });
    std::vector<NonMated*> all_sets;
    for (NonMated& set : scores.groups)
        all_sets.push_back(&set);
    all_sets.push_back(&scores.all);
    for (std::size_t set = 0; set < sets; ++set) {
        Histogram& sum = own.front().histograms[set];
        for (std::size_t other = 1; other < own.size(); ++other)
            std::ranges::transform(sum, own[other].histograms[set], sum.begin(), std::plus{});
        const auto comparisons = all_sets[set]->comparisons;
        all_sets[set]->complete_from =
            comparisons <= few ? std::numeric_limits<float>::lowest()
                               : std::min(settings.keep_from,
                                          cut(sum, settings.keep * static_cast<double>(comparisons), range));
    }
    const Histogram& everybody = own.front().histograms.back();
    double above = 0;
    for (std::size_t bin = bins; bin-- > 0;) {
        above += static_cast<double>(everybody[bin]);
        scores.step_score.push_back(range.start(bin));
        scores.step_rate.push_back(above / std::max(1.0, static_cast<double>(scores.all.comparisons)));
    }
    std::ranges::reverse(scores.step_score);
    std::ranges::reverse(scores.step_rate);

    for_all_cosines(rows, columns, settings.same, settings.threads, [&](const Tile& tile, unsigned thread) {
        Own& mine = own[thread];
        each_score(
            tile, rows, columns, settings, [](std::size_t, std::size_t, float) {},
            [&](std::size_t row, std::size_t column, float score, std::size_t group) {
                const NonMatedScore one{score, rows.person[row], columns.person[column]};
                if (score >= scores.all.complete_from)
                    mine.highest.back().push_back(one);
                if (group != no_group && score >= scores.groups[group].complete_from)
                    mine.highest[group].push_back(one);
            });
    });
    for (Own& mine : own) {
        scores.mated.insert(scores.mated.end(), mine.mated.begin(), mine.mated.end());
        for (std::size_t set = 0; set < sets; ++set) {
            auto& highest = all_sets[set]->highest;
            highest.insert(highest.end(), mine.highest[set].begin(), mine.highest[set].end());
        }
    }
    for (NonMated* set : all_sets) // which thread saw what is chance
        std::ranges::sort(set->highest, {}, falling);
    std::ranges::sort(scores.mated, {}, [](const MatedScore& one) { return std::pair(one.row, one.column); });
    return scores;
}

} // namespace kaomon::evaluate
