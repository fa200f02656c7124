#include "daemon/liveness/presence.hpp"

#include <algorithm>
#include <array>

namespace kaomon::liveness {
namespace {

constexpr Milliseconds silence{1200};

struct Rule {
    int in_a_row;              // right answers to directions
    std::size_t most_requests; // within a visit
    std::ptrdiff_t most_wrong; // answers to the wrong side
};

constexpr Rule rule_of(PolicyName policy) noexcept {
    switch (policy) {
    case PolicyName::normal:
        return {1, 3, 3};
    case PolicyName::strict:
        return {1, 4, 2};
    case PolicyName::very_strict:
        break;
    }
    return {2, 6, 2};
}

bool passed(std::span<const Evidence> evidence, Kind kind) noexcept {
    return std::ranges::any_of(
        evidence, [&](const Evidence& one) { return one.kind == kind && one.outcome == Outcome::pass; });
}

struct Wanted {
    bool movement = false, blink = false;
};

// What a person could do for the evidence that is missing.
Wanted wanted(const Situation& now) {
    Wanted all;
    if (!shows_presence(now.policy, now.evidence)) {
        const bool unforeseen =
            passed(now.evidence, Kind::directed_movement) || passed(now.evidence, Kind::flash);
        all.movement = now.policy == PolicyName::normal || !unforeseen;
        all.blink = now.policy == PolicyName::normal || unforeseen;
    }
    for (const Kind kind : now.required) {
        if (passed(now.evidence, kind))
            continue;
        all.movement = all.movement || describe(kind).asks == Asks::movement;
        all.blink = all.blink || describe(kind).asks == Asks::blink;
    }
    return all;
}

// Any direction; another one than that which was just not answered.
std::vector<Reason> directions(std::span<const Asked> asked) {
    std::vector<Reason> all;
    const auto last = std::ranges::find_if(
        asked.rbegin(), asked.rend(), [](const Asked& one) { return movement_of(one.request).has_value(); });
    for (const Movement movement : values<Movement>()) {
        const Reason request = request_for(movement);
        if (last == asked.rend() || last->answer != Answer::none || last->request != request)
            all.push_back(request);
    }
    return all;
}

} // namespace

bool shows_presence(PolicyName policy, std::span<const Evidence> evidence) noexcept {
    const bool directed = passed(evidence, Kind::directed_movement), light = passed(evidence, Kind::flash);
    const bool movement = directed || passed(evidence, Kind::head_turn);
    const bool blinked = passed(evidence, Kind::blink);
    switch (policy) {
    case PolicyName::normal:
        return movement || blinked || light;
    case PolicyName::strict:
        return directed || light;
    case PolicyName::very_strict:
        break;
    }
    return (directed && (blinked || light)) || (light && (movement || blinked));
}

NextStep next_step(const Situation& now) {
    const bool all = std::ranges::all_of(now.required, [&](Kind kind) { return passed(now.evidence, kind); });
    if (all && shows_presence(now.policy, now.evidence))
        return {.presence = Presence::shown};
    const Wanted missing = wanted(now);
    if (!missing.movement && !missing.blink)
        return {}; // what only looks takes its time
    if (!now.asked.empty() && now.asked.back().answer == Answer::none &&
        now.now - now.asked.back().shown < answer_time)
        return {};
    const Rule rule = rule_of(now.policy);
    const auto wrong = std::ranges::count(now.asked, Answer::wrong, &Asked::answer);
    if (now.asked.size() >= rule.most_requests + now.required.size() || wrong >= rule.most_wrong)
        return {.presence = Presence::over};
    if (!now.may_ask || !now.face_since || now.now - *now.face_since < silence)
        return {};
    const bool movement = missing.movement && (!missing.blink || now.asked.size() % 2 == 0);
    if (!movement)
        return {.presence = Presence::ask, .choices = {Reason::blink_once}};
    return {.presence = Presence::ask,
            .choices = directions(now.asked),
            .in_a_row = wrong > 0 ? std::max(rule.in_a_row, 2) : rule.in_a_row};
}

} // namespace kaomon::liveness
