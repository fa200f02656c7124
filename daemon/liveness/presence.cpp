#include "daemon/liveness/presence.hpp"

#include <algorithm>
#include <array>

namespace kaomon::liveness {
namespace {

constexpr Milliseconds silence{1200};
constexpr Milliseconds light_time{6000}; // six colours of 0.5 s, each shown within 0.4 s
constexpr std::ptrdiff_t most_lights = 2;

bool assessed(std::span<const Evidence> evidence, Kind kind) noexcept {
    return std::ranges::any_of(evidence, [&](const Evidence& one) {
        return one.kind == kind && one.outcome != Outcome::not_assessed;
    });
}

struct Rule {
    int in_a_row;              // right answers to directions
    std::size_t most_requests; // within a visit
    std::ptrdiff_t most_wrong; // answers to the wrong side
};

// Where a direction is what counts, two right answers in a row. A recording knows no request: each is the one
// that it happens to do with a chance of 1/4, whatever it does and also if it rests meanwhile. With one wrong
// answer forgiven it passes by RR, WRR and RWRR (R right, W wrong; one that is missed starts the row anew):
//     1/16 + 3/4 * 1/16 + 1/4 * 3/4 * 1/16 = 31/256 = 12.1 %
// at most, however many requests there are. One right answer could not be under 1/4.
constexpr Rule rule_of(PolicyName policy, bool direction_counts) noexcept {
    if (policy == PolicyName::very_strict)
        return {2, 6, 2};
    return direction_counts ? Rule{2, 4, 2} : Rule{1, 3, 3};
}

bool passed(std::span<const Evidence> evidence, Kind kind) noexcept {
    return std::ranges::any_of(
        evidence, [&](const Evidence& one) { return one.kind == kind && one.outcome == Outcome::pass; });
}

struct Wanted {
    bool movement = false, blink = false, light = false;
    bool anything() const noexcept { return movement || blink || light; }
};

// What the policy still needs of a person who has shown that much.
Wanted wanted_by(PolicyName policy, bool directed) noexcept {
    switch (policy) {
    case PolicyName::normal:
        return {.movement = true, .blink = true};
    case PolicyName::strict:
        return {.movement = true, .light = true};
    case PolicyName::very_strict:
        break;
    }
    return {.movement = !directed, .blink = directed, .light = true};
}

std::ptrdiff_t lights(std::span<const Asked> asked) {
    return std::ranges::count(asked, Reason::screen_light, &Asked::request);
}

bool is_open(const Asked& last, const Situation& now) noexcept {
    if (last.request != Reason::screen_light)
        return last.answer == Answer::none && now.now - last.shown < answer_time;
    const bool known = assessed(now.evidence, Kind::flash) || now.mirrored >= lights(now.asked);
    return !known && now.now - last.shown < light_time;
}

// Behind glass a film may be playing that answers: what moves there shows nothing until the light passes.
bool behind_glass(const Situation& now) noexcept {
    return now.policy != PolicyName::normal && now.mirrored > 0 && !passed(now.evidence, Kind::flash);
}

// Whatever the operator requires beside.
bool shows_enough(const Situation& now) {
    return !behind_glass(now) && shows_presence(now.policy, now.evidence) &&
           std::ranges::all_of(now.required, [&](Kind kind) { return passed(now.evidence, kind); });
}

// What a person could do for the evidence that is missing.
Wanted wanted(const Situation& now) {
    Wanted all;
    if (behind_glass(now))
        all.light = true;
    else if (!shows_presence(now.policy, now.evidence))
        all = wanted_by(now.policy, passed(now.evidence, Kind::directed_movement));
    for (const Kind kind : now.required) {
        if (passed(now.evidence, kind))
            continue;
        all.movement = all.movement || describe(kind).asks == Asks::movement;
        all.blink = all.blink || describe(kind).asks == Asks::blink;
        all.light = all.light || kind == Kind::flash;
    }
    all.light =
        all.light && now.light && lights(now.asked) < most_lights && !assessed(now.evidence, Kind::flash);
    return all;
}

std::size_t demands_that_ask(std::span<const Kind> required) {
    return static_cast<std::size_t>(
        std::ranges::count_if(required, [](Kind kind) { return describe(kind).asks != Asks::nothing; }));
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
        return movement || blinked;
    case PolicyName::strict:
        return directed || (light && movement);
    case PolicyName::very_strict:
        break;
    }
    return (directed && (blinked || light)) || (light && movement);
}

NextStep next_step(const Situation& now) {
    if (shows_enough(now))
        return {.presence = Presence::shown};
    if (!now.asked.empty() && is_open(now.asked.back(), now))
        return {};
    const Wanted missing = wanted(now);
    if (behind_glass(now) && !missing.light)
        return {.presence = Presence::over};
    if (!missing.anything())
        return {}; // what only looks takes its time
    const bool silent = !now.may_ask || !now.face_since || now.now - *now.face_since < silence;
    if (missing.light)
        return silent ? NextStep{} : NextStep{.presence = Presence::ask, .choices = {Reason::screen_light}};
    const bool direction_counts =
        now.policy != PolicyName::normal ||
        std::ranges::find(now.required, Kind::directed_movement) != now.required.end();
    const Rule rule = rule_of(now.policy, direction_counts);
    const auto requests = static_cast<std::size_t>(std::ranges::count_if(
        now.asked, [](const Asked& one) { return one.request != Reason::screen_light; }));
    const auto wrong = std::ranges::count(now.asked, Answer::wrong, &Asked::answer);
    if (requests >= rule.most_requests + demands_that_ask(now.required) || wrong >= rule.most_wrong)
        return {.presence = Presence::over};
    if (silent)
        return {};
    const bool movement = missing.movement && (!missing.blink || requests % 2 == 0);
    if (!movement)
        return {.presence = Presence::ask, .choices = {Reason::blink_once}};
    if (direction_counts && now.busy)
        return {};
    return {.presence = Presence::ask, .choices = directions(now.asked), .in_a_row = rule.in_a_row};
}

} // namespace kaomon::liveness
