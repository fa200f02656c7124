#include "tools/evaluate/fusion.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <numeric>
#include <random>
#include <thread>

namespace kaomon::evaluate {
namespace {

constexpr std::array tried{0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0};
constexpr double kept = 4; // times the wanted rate: what a draw with many false matches needs

// The weight of the fewest errors among people, each part of them in turn being the other one's population.
double weight_chosen_on(const TwoEmbedders& both, FaceNumbers people, const FusionSettings& settings,
                        std::uint64_t seed) {
    const Draws none(0, 0);
    constexpr double fewest = 1; // false matches: a part of a half has few, and many parts decide together
    std::array<double, tried.size()> errors{};
    for (std::uint64_t split = 0; split < settings.inner; ++split) {
        const Halves parts = halves(both, people, seed + split);
        for (const std::size_t scored : {0U, 1U}) {
            const auto scores = score_fused(both, parts[scored], parts[1 - scored], settings.kind, tried,
                                            kept * settings.rate);
            for (std::size_t w = 0; w < tried.size(); ++w) {
                const auto missed = false_non_match_where_all_keep(scores[w].groups, scores[w].mated,
                                                                   settings.rate, none, fewest);
                errors[w] += missed ? missed->value : 0;
            }
        }
    }
    // the least weight among equals: a second embedder has to earn it
    return tried[static_cast<std::size_t>(std::ranges::min_element(errors) - errors.begin())];
}

struct Measured {
    Fold fold;
    std::vector<double> first, fused, second; // of each draw
};

std::optional<Measured> measured_on(const TwoEmbedders& both, FaceNumbers people, FaceNumbers tuning,
                                    double weight, const FusionSettings& settings, const Draws& draws) {
    const std::array weights{0.0, weight, 1.0};
    const auto scores = score_fused(both, people, tuning, settings.kind, weights, kept * settings.rate);
    std::array<Drawn, weights.size()> missed;
    for (std::size_t i = 0; i < missed.size(); ++i) {
        auto own = false_non_match_where_all_keep(scores[i].groups, scores[i].mated, settings.rate, draws);
        if (!own)
            return std::nullopt;
        missed[i] = std::move(*own);
    }
    return Measured{{weight, scores[0].mated.size(), missed[0].value, missed[1].value, missed[2].value},
                    std::move(missed[0].draws),
                    std::move(missed[1].draws),
                    std::move(missed[2].draws)};
}

// The mean over the folds, in the whole and in each draw.
template<class Value, class Each>
Rate mean_of(const std::vector<Measured>& folds, const Value& value, const Each& each) {
    double mean = 0;
    std::vector<double> drawn(each(folds.front()).size());
    for (const Measured& one : folds) {
        mean += value(one.fold) / static_cast<double>(folds.size());
        const auto& own = each(one);
        for (std::size_t i = 0; i < drawn.size(); ++i)
            drawn[i] += own[i] / static_cast<double>(folds.size());
    }
    return rate_of(mean, std::move(drawn));
}

} // namespace

std::span<const double> weights() noexcept {
    return tried;
}

Halves halves(const TwoEmbedders& both, FaceNumbers faces, std::uint64_t seed) {
    std::map<std::uint32_t, std::vector<std::uint32_t>> people;
    for (const auto face : faces)
        people[both.faces[face].person].push_back(face);
    // people who are alike in what they are for: their group, and whether they have mated comparisons
    std::map<std::pair<std::uint32_t, bool>, std::vector<std::uint32_t>> kinds;
    for (const auto& [person, own] : people)
        kinds[{both.faces[own.front()].group, own.size() > 1}].push_back(person);
    std::mt19937_64 random(seed); // NOLINT(cert-msc*): the same halves in every run
    Halves made;
    std::size_t next = 0; // where one more goes: not always to the same half
    for (auto& [kind, members] : kinds) {
        for (std::size_t left = members.size(); left > 1;
             --left) // std::shuffle differs from library to library
            std::swap(members[left - 1], members[random() % left]);
        for (const auto person : members) {
            auto& half = made[next++ % 2];
            half.insert(half.end(), people[person].begin(), people[person].end());
        }
    }
    for (auto& half : made)
        std::ranges::sort(half);
    return made;
}

std::optional<FusionReport> fusion(const TwoEmbedders& both, std::uint32_t people,
                                   const FusionSettings& settings) {
    std::vector<std::uint32_t> everybody(both.faces.size());
    std::iota(everybody.begin(), everybody.end(), 0U);
    constexpr std::uint64_t first_seed = 19795, apart = 1000;
    const Draws draws(people, settings.draws);
    std::vector<std::optional<Measured>> made(2 * settings.splits);
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t fold = next++; fold < made.size(); fold = next++) {
            const std::uint64_t seed = first_seed + fold / 2 * apart;
            const Halves parts = halves(both, everybody, seed);
            const auto& tuning = parts[fold % 2];
            const double weight = weight_chosen_on(both, tuning, settings, seed + 1);
            made[fold] = measured_on(both, parts[1 - fold % 2], tuning, weight, settings, draws);
        }
    };
    std::vector<std::jthread> others;
    for (unsigned thread = 1; thread < settings.threads; ++thread)
        others.emplace_back(work);
    work();
    others.clear(); // joins
    std::vector<Measured> folds;
    for (auto& one : made) {
        if (!one)
            return std::nullopt;
        folds.push_back(std::move(*one));
    }
    FusionReport report;
    report.kind = settings.kind;
    report.rate = settings.rate;
    report.faces = both.faces.size();
    for (const Measured& one : folds)
        report.folds.push_back(one.fold);
    report.first =
        mean_of(folds, [](const Fold& f) { return f.first; }, [](const Measured& m) { return m.first; });
    report.fused =
        mean_of(folds, [](const Fold& f) { return f.fused; }, [](const Measured& m) { return m.fused; });
    report.second =
        mean_of(folds, [](const Fold& f) { return f.second; }, [](const Measured& m) { return m.second; });
    for (Measured& one : folds) {
        for (std::size_t i = 0; i < one.fused.size(); ++i)
            one.fused[i] -= one.first[i];
    }
    report.change = mean_of(
        folds, [](const Fold& f) { return f.fused - f.first; }, [](const Measured& m) { return m.fused; });
    return report;
}

} // namespace kaomon::evaluate
