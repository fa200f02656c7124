#include "tools/clinic/choose/ranking.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace kaomon::choose {
namespace {

// Higher is worse; what was not measured weighs like a condition: it must be measured before buying.
int weight(Grade grade) {
    switch (grade) {
    case Grade::pass:
        return 0;
    case Grade::not_measured:
        return 1;
    case Grade::conditional:
        return 2;
    case Grade::fail:
        return 3;
    }
    return 3;
}

double felt(const Measurement& candidate) {
    const Criterion* criterion = candidate.find(felt_criterion(candidate.device));
    if (criterion == nullptr || !criterion->value)
        return std::numeric_limits<double>::infinity();
    return candidate.device == Device::reader ? *criterion->value : -*criterion->value;
}

} // namespace

std::string_view felt_criterion(Device device) noexcept {
    return device == Device::reader ? "photo_read" : "gate_pass";
}

Ranked judge(const Measurement& candidate) {
    Ranked ranked{.candidate = &candidate, .grade = Grade::pass, .reason = {}, .reservations = 0};
    const Criterion* worst = nullptr;
    for (const Criterion& criterion : candidate.criteria) {
        ranked.reservations += criterion.grade == Grade::pass ? 0 : 1;
        if (worst == nullptr || weight(criterion.grade) > weight(worst->grade))
            worst = &criterion;
    }
    if (worst == nullptr) {
        ranked.grade = Grade::not_measured;
        ranked.reason = {"まだ何も測っていません。", "nothing was measured yet"};
    } else if (worst->grade == Grade::pass) {
        ranked.reason = {"測った項目はすべて合格です。", "everything that was measured is good"};
    } else {
        // Not measured is no verdict of its own: the candidate is good as far as it is known, on the
        // condition that the rest is measured.
        ranked.grade = worst->grade == Grade::not_measured ? Grade::conditional : worst->grade;
        ranked.reason = worst->reason;
        if (ranked.reason.ja.empty())
            ranked.reason = {worst->name.ja + "を測っていません。", worst->name.en + " was not measured"};
    }
    return ranked;
}

std::vector<Ranked> rank(std::span<const Measurement> measurements, Device device) {
    std::vector<Ranked> ranked;
    for (const Measurement& one : measurements) {
        if (one.device == device)
            ranked.push_back(judge(one));
    }
    std::ranges::stable_sort(ranked, {}, [](const Ranked& one) {
        return std::tuple(weight(one.grade), one.reservations, felt(*one.candidate), one.candidate->name);
    });
    return ranked;
}

} // namespace kaomon::choose
