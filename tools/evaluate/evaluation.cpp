#include "tools/evaluate/evaluation.hpp"

#include "tools/evaluate/discard.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace kaomon::evaluate {
namespace {

constexpr std::array wanted_rates{1e-2, 1e-3, 1e-4, 1e-5};

void count(Acquisition& side, const Result<View>& view) {
    ++side.attempts;
    if (!view)
        ++side.failures[std::string(word(view.error().reason))];
}

void count_acquisition(const List& list, const std::vector<Sample>& samples, bool card, Report& report) {
    std::vector<std::set<std::uint32_t>> people(list.groups.size());
    std::set<std::uint32_t> all;
    for (const auto& name : list.groups)
        report.groups.push_back({.name = name});
    if (card)
        report.card.emplace();
    for (const Sample& sample : samples) {
        const Entry& entry = list.entries[sample.entry];
        ++report.images;
        if (unreadable(sample)) {
            ++report.unreadable;
            continue;
        }
        GroupSize& group = report.groups[entry.group];
        ++group.images;
        group.failures += sample.live ? 0 : 1;
        people[entry.group].insert(entry.person);
        all.insert(entry.person);
        count(report.live, sample.live);
        if (card && sample.card)
            count(*report.card, *sample.card);
    }
    for (std::size_t i = 0; i < people.size(); ++i)
        report.groups[i].people = static_cast<std::uint32_t>(people[i].size());
    report.people = static_cast<std::uint32_t>(all.size());
    report.bad_lines = list.problems.size();
}

void measure_speed(const std::vector<Sample>& samples, Report& report) {
    struct Step {
        const char* name;
        float StepTimes::* time;
    };
    for (const Step& step : {Step{"decode", &StepTimes::decode}, Step{"observe", &StepTimes::observe},
                             Step{"embed", &StepTimes::embed}, Step{"card", &StepTimes::card}}) {
        std::vector<float> times;
        for (const Sample& sample : samples) {
            if (const float time = sample.times.*step.time; time >= 0)
                times.push_back(time);
        }
        if (times.empty())
            continue;
        std::ranges::sort(times);
        report.speed.push_back({step.name, static_cast<double>(times[times.size() / 2]),
                                static_cast<double>(times.front()), times.size()});
    }
}

struct Sides {
    std::vector<Portrayed> probes, references;
    std::vector<const View*> probe_views, reference_views; // the second is empty where references are cards
};

Sides sides_of(const List& list, const std::vector<Sample>& samples, bool card) {
    Sides sides;
    for (const Sample& sample : samples) {
        const Entry& entry = list.entries[sample.entry];
        const auto image = static_cast<std::uint32_t>(sample.entry);
        if (sample.live) {
            sides.probes.push_back({&sample.live->face, entry.person, entry.group, image, entry.hint});
            sides.probe_views.push_back(&*sample.live);
        }
        if (card && sample.card && *sample.card)
            sides.references.push_back({&(*sample.card)->face, entry.person, entry.group, image, entry.hint});
    }
    if (!card) {
        sides.references = sides.probes;
        sides.reference_views = sides.probe_views;
    }
    return sides;
}

std::vector<Point> trade_off(const Scores& scores) {
    std::vector<float> mated;
    for (const MatedScore& one : scores.mated)
        mated.push_back(one.score);
    std::ranges::sort(mated);
    const auto missed = [&](float threshold) {
        return static_cast<double>(std::ranges::lower_bound(mated, threshold) - mated.begin()) /
               static_cast<double>(mated.size());
    };
    std::vector<Point> points; // from high thresholds to low ones
    const auto n = static_cast<double>(scores.all.comparisons);
    double passed = 1;
    while (passed <= static_cast<double>(scores.all.highest.size())) {
        const auto i = static_cast<std::size_t>(passed) - 1;
        points.push_back({static_cast<double>(i + 1) / n, missed(scores.all.highest[i].score)});
        passed *= 1.25;
    }
    const double from = points.empty() ? 0 : points.back().x;
    for (std::size_t i = scores.step_score.size(); i-- > 0;) {
        if (scores.step_rate[i] > from * 1.1 &&
            scores.step_rate[i] > (points.empty() ? 0 : points.back().x * 1.2))
            points.push_back({scores.step_rate[i], missed(scores.step_score[i])});
    }
    return points;
}

// One kind of score of one pair of sides, with all numbers of fused views.
class ComparisonSeries {
  public:
    ComparisonSeries(const List& list, const Sides& sides, const EvaluationSettings& settings,
                     const Draws& draws, match::ScoreKind kind, bool card)
        : list_(list), sides_(sides), settings_(settings), draws_(draws) {
        made_.kind = kind;
        made_.card = card;
        references_ = gallery_of(sides.references, 1, settings.population);
        scores_.push_back(score(1));
        const Scores& single = scores_.front();
        made_.mated = single.mated.size();
        made_.non_mated = single.all.comparisons;
        std::set<std::uint32_t> people;
        for (const MatedScore& one : single.mated)
            people.insert(one.person);
        made_.mated_people = static_cast<std::uint32_t>(people.size());
        for (std::size_t views = 2; views <= settings.views; ++views)
            scores_.push_back(score(views));
    }

    Comparisons run() {
        table(scores_.front().all, "", true);
        const bool grouped = list_.groups.size() > 1 || !list_.groups.front().empty();
        for (std::size_t group = 0; grouped && group < list_.groups.size(); ++group)
            table(scores_.front().groups[group], list_.groups[group], false);
        for (const auto& policy : match::policies(made_.kind))
            at(std::string(word(policy.name)), policy.threshold);
        if (grouped)
            where_the_worst_group_keeps_its_rate();
        settled_at_once();
        for (std::size_t i = 0; i < scores_.size(); ++i) {
            if (!scores_[i].mated.empty())
                made_.detection_error_trade_off.push_back(
                    {"k = " + std::to_string(i + 1), trade_off(scores_[i])});
        }
        discard();
        return std::move(made_);
    }

  private:
    Scores score(std::size_t views) const {
        if (settings_.progress)
            settings_.progress(std::string(made_.card ? "card x live" : "live x live") + ", " +
                               std::string(word(made_.kind)) + ", k = " + std::to_string(views));
        return score(gallery_of(sides_.probes, views, settings_.population), views == 1 && !made_.card);
    }

    Scores score(const Gallery& probes, bool same) const {
        const float lowest_policy = match::policies(made_.kind).front().threshold;
        return score_all(probes, references_,
                         {.kind = made_.kind,
                          .groups = list_.groups.size(),
                          .same = same,
                          .keep = 0.02,
                          .keep_from = lowest_policy,
                          .threads = settings_.threads});
    }

    std::vector<Fused> fused_at(float threshold) const {
        std::vector<Fused> fused;
        for (std::size_t i = 0; i < scores_.size(); ++i)
            fused.push_back({i + 1, false_non_match_rate(scores_[i].mated, threshold, draws_),
                             false_match_rate(scores_[i].all, threshold, draws_)});
        return fused;
    }

    void table(const NonMated& set, const std::string& name, bool everybody) {
        ThresholdTable table{.among = name,
                             .everybody = everybody,
                             .comparisons = set.comparisons,
                             .people = set.people_count(),
                             .wanted = {}};
        for (const double rate : wanted_rates) {
            const auto point = operating_point(set, scores_.front().mated, rate, draws_);
            if (!point)
                continue;
            WantedRate wanted{rate, point->threshold, fused_at(static_cast<float>(point->threshold.value))};
            wanted.fused.front().false_non_match = point->false_non_match; // with the threshold's own doubt
            table.wanted.push_back(std::move(wanted));
        }
        made_.thresholds.push_back(std::move(table));
    }

    void at(std::string name, float threshold) {
        const Scores& single = scores_.front();
        AtThreshold row{.name = std::move(name),
                        .threshold = threshold,
                        .false_match = false_match_rate(single.all, threshold, draws_),
                        .false_non_match = false_non_match_rate(single.mated, threshold, draws_),
                        .groups = {},
                        .ratio = {}};
        double lowest = std::numeric_limits<double>::infinity(), highest = 0;
        for (std::uint32_t group = 0; group < list_.groups.size(); ++group) {
            const NonMated& set = single.groups[group];
            row.groups.push_back({list_.groups[group], set.comparisons,
                                  false_match_rate(set, threshold, draws_),
                                  false_non_match_rate(single.mated, threshold, draws_, group)});
            if (const auto& rate = row.groups.back().false_match) {
                lowest = std::min(lowest, rate->value);
                highest = std::max(highest, rate->value);
            }
        }
        if (row.groups.size() > 1 && lowest > 0 && highest > 0)
            row.ratio = highest / lowest;
        made_.at.push_back(std::move(row));
    }

    void where_the_worst_group_keeps_its_rate() {
        for (const double rate : {1e-3, 1e-4}) {
            std::optional<double> threshold;
            for (const ThresholdTable& table : made_.thresholds) {
                for (const WantedRate& wanted : table.wanted) {
                    if (!table.everybody && wanted.rate == rate)
                        threshold =
                            std::max(threshold.value_or(wanted.threshold.value), wanted.threshold.value);
                }
            }
            if (threshold)
                at(rate == 1e-3 ? "no group above 1e-3" : "no group above 1e-4",
                   static_cast<float>(*threshold));
        }
    }

    void settled_at_once() {
        const Settled early = evaluate::settled_at_once(sides_.probes, settings_.views, settings_.population);
        if (early.pairs == 0)
            return;
        const Scores scores = score(early.gallery, false);
        auto& made = made_.settled_at_once.emplace();
        made.pairs = early.pairs;
        made.settled = early.gallery.size();
        for (const auto& policy : match::policies(made_.kind)) {
            made.at.push_back(
                {.policy = std::string(word(policy.name)),
                 .threshold = policy.threshold,
                 .false_non_match = false_non_match_rate(scores.mated, policy.threshold, draws_),
                 .false_match = false_match_rate(scores.all, policy.threshold, draws_),
                 .fused = fused_at(policy.threshold)});
        }
    }

    // At the strictest threshold that could be measured, where there are the most errors to explain.
    void discard() {
        const auto& wanted = made_.thresholds.front().wanted;
        if (wanted.empty() || scores_.front().mated.empty())
            return;
        made_.discard_threshold = wanted.back().threshold.value;
        made_.discard = discard_curves(scores_.front().mated, static_cast<float>(made_.discard_threshold),
                                       sides_.probe_views, sides_.reference_views);
    }

    const List& list_;
    const Sides& sides_;
    const EvaluationSettings& settings_;
    const Draws& draws_;
    Gallery references_;
    std::vector<Scores> scores_; // by number of views, from 1
    Comparisons made_;
};

} // namespace

std::uint64_t Acquisition::failed() const noexcept {
    std::uint64_t sum = 0;
    for (const auto& [reason, count] : failures)
        sum += count;
    return sum;
}

Report evaluate(const List& list, const std::vector<Sample>& samples, const EvaluationSettings& settings) {
    Report report;
    report.threads = settings.threads;
    report.draws = settings.draws;
    count_acquisition(list, samples, settings.card, report);
    measure_speed(samples, report);
    if (settings.population)
        report.population = settings.population->provenance();
    if (list.entries.empty())
        return report;
    const Draws draws(list.people, settings.draws, settings.threads);
    std::vector<match::ScoreKind> kinds{match::ScoreKind::cosine};
    if (settings.population)
        kinds.push_back(match::ScoreKind::normalised);
    for (const bool card : {false, true}) {
        if (card && !settings.card)
            continue;
        const Sides sides = sides_of(list, samples, card);
        for (const auto kind : kinds)
            report.comparisons.push_back(ComparisonSeries(list, sides, settings, draws, kind, card).run());
    }
    return report;
}

} // namespace kaomon::evaluate
