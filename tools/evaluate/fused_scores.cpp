#include "tools/evaluate/fused_scores.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::evaluate {
namespace {

// Templates side by side, turned so that one is multiplied with all of them in one go.
class Columns {
  public:
    Columns(const Embeddings& of, FaceNumbers faces)
        : size_(of.size), count_(faces.size()), turned_(size_ * count_) {
        for (std::size_t c = 0; c < count_; ++c) {
            const auto row = of.row(of.live, faces[c]);
            for (std::size_t i = 0; i < size_; ++i)
                turned_[i * count_ + c] = row[i];
        }
    }
    // The cosine of each with that template.
    void cosines(std::span<const float> with, std::vector<float>& out) const {
        out.assign(count_, 0.F);
        for (std::size_t i = 0; i < size_; ++i) {
            const float* const line = turned_.data() + i * count_;
            for (std::size_t c = 0; c < count_; ++c)
                out[c] += with[i] * line[c];
        }
    }

  private:
    std::size_t size_, count_;
    SecretVector<float> turned_;
};

// What strangers of the population reach with a template.
class Strangers {
  public:
    Strangers(const TwoEmbedders& both, const Embeddings& by, FaceNumbers population, match::ScoreKind kind)
        : columns_(by, population), weights_(population.size()) {
        std::vector<double> images(both.groups);
        for (const auto face : population)
            ++images[both.faces[face].group];
        const auto present =
            static_cast<double>(std::ranges::count_if(images, [](double n) { return n > 0; }));
        for (std::size_t i = 0; i < population.size(); ++i)
            weights_[i] = 1 / (present * images[both.faces[population[i]].group]);
        if (kind == match::ScoreKind::cosine)
            among_themselves(by, population);
    }
    match::Standing standing(std::span<const float> face) const {
        if (all_)
            return *all_;
        const auto [mean, square] = moments(face);
        return {static_cast<float>(mean),
                static_cast<float>(std::sqrt(std::max(1e-12, square - mean * mean)))};
    }

  private:
    std::pair<double, double> moments(std::span<const float> face) const {
        std::vector<float> cosines;
        columns_.cosines(face, cosines);
        double mean = 0, square = 0;
        for (std::size_t i = 0; i < cosines.size(); ++i) {
            const auto cosine = static_cast<double>(cosines[i]);
            mean += weights_[i] * cosine;
            square += weights_[i] * cosine * cosine;
        }
        return {mean, square};
    }
    void among_themselves(const Embeddings& by, FaceNumbers population) {
        double mean = 0, square = 0;
        for (std::size_t i = 0; i < population.size(); ++i) {
            const auto [m, s] = moments(by.row(by.live, population[i]));
            mean += weights_[i] * m;
            square += weights_[i] * s;
        }
        all_ = {static_cast<float>(mean),
                static_cast<float>(std::sqrt(std::max(1e-12, square - mean * mean)))};
    }

    Columns columns_;
    std::vector<double> weights_; // of each stranger; all of them add up to 1
    std::optional<match::Standing> all_;
};

// One embedder's scores of the compared faces, reference by reference.
class OneEmbedder {
  public:
    OneEmbedder(const TwoEmbedders& both, std::size_t which, FaceNumbers compared, FaceNumbers population,
                match::ScoreKind kind)
        : by_(both.by[which]), references_(both.card() ? by_.card : by_.live), compared_(compared),
          strangers_(both, by_, population, kind), probes_(by_, compared) {
        for (const auto face : compared)
            standing_.push_back(strangers_.standing(by_.row(by_.live, face)));
    }
    void scores(std::size_t reference, std::vector<float>& out) const {
        const auto face = by_.row(references_, compared_[reference]);
        const auto own = strangers_.standing(face);
        probes_.cosines(face, out);
        for (std::size_t probe = 0; probe < out.size(); ++probe)
            out[probe] = match::normalise(out[probe], standing_[probe], own);
    }

  private:
    const Embeddings& by_;
    const SecretVector<float>& references_;
    FaceNumbers compared_;
    Strangers strangers_;
    Columns probes_;
    std::vector<match::Standing> standing_; // of the probes
};

// Keeps the highest of many scores.
class Highest {
  public:
    Highest(NonMated& set, std::size_t keep) : set_(set), keep_(keep) {
        set_.complete_from = std::numeric_limits<float>::lowest();
    }
    void add(const NonMatedScore& one) {
        if (one.score < set_.complete_from)
            return;
        set_.highest.push_back(one);
        if (set_.highest.size() >= 2 * keep_ + 64)
            cut();
    }
    void finish() {
        if (set_.highest.size() > keep_)
            cut();
        std::ranges::sort(set_.highest, {}, falling);
    }

  private:
    void cut() {
        const auto last = set_.highest.begin() + static_cast<std::ptrdiff_t>(keep_);
        std::ranges::nth_element(set_.highest, last, {}, falling);
        set_.complete_from = last->score;
        set_.highest.erase(last + 1, set_.highest.end());
    }
    NonMated& set_;
    std::size_t keep_;
};

// Which comparisons a group has among itself.
std::vector<NonMated> groups_of(const TwoEmbedders& both, FaceNumbers compared) {
    std::vector<NonMated> groups(both.groups);
    for (const auto number : compared) {
        const auto& face = both.faces[number];
        auto& images = groups[face.group].people[face.person];
        ++images.rows;
        ++images.columns;
    }
    for (NonMated& group : groups) {
        group.once = !both.card();
        group.comparisons = comparisons_among(group);
    }
    return groups;
}

} // namespace

std::vector<WeightedScores> score_fused(const TwoEmbedders& both, FaceNumbers compared,
                                        FaceNumbers population, match::ScoreKind kind,
                                        std::span<const double> weights, double keep) {
    const OneEmbedder first(both, 0, compared, population, kind), second(both, 1, compared, population, kind);
    std::vector<WeightedScores> made(weights.size(),
                                     {.weight = 0, .mated = {}, .groups = groups_of(both, compared)});
    std::vector<std::vector<Highest>> highest(weights.size());
    for (std::size_t w = 0; w < weights.size(); ++w) {
        made[w].weight = weights[w];
        for (NonMated& group : made[w].groups)
            highest[w].emplace_back(group,
                                    static_cast<std::size_t>(keep * static_cast<double>(group.comparisons)));
    }
    std::vector<float> one, other;
    for (std::size_t row = 0; row < compared.size(); ++row) {
        first.scores(row, one);
        second.scores(row, other);
        const auto& reference = both.faces[compared[row]];
        for (std::size_t column = both.card() ? 0 : row + 1; column < compared.size(); ++column) {
            const auto& probe = both.faces[compared[column]];
            const bool same = probe.person == reference.person;
            if (same ? probe.hint || column == row : probe.group != reference.group)
                continue;
            for (std::size_t w = 0; w < weights.size(); ++w) {
                const auto share = static_cast<float>(weights[w]);
                const float score = (1 - share) * one[column] + share * other[column];
                if (same)
                    made[w].mated.push_back(
                        {score, probe.person, probe.group, compared[row], compared[column]});
                else
                    highest[w][probe.group].add({score, reference.person, probe.person});
            }
        }
    }
    for (auto& groups : highest) {
        for (Highest& group : groups)
            group.finish();
    }
    return made;
}

} // namespace kaomon::evaluate
