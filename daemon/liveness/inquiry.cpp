#include "daemon/liveness/inquiry.hpp"

namespace kaomon::liveness {

Inquiry::Step Inquiry::next(Watch& watch, Instant now, bool may_ask, bool light) {
    if (open(now) && movement_of(asked_.back().request))
        asked_.back().answer = watch.answer();
    const auto evidence = watch.evidence();
    const NextStep step = next_step({.policy = policy_,
                                     .required = required_,
                                     .evidence = evidence,
                                     .face_since = watch.face_since(),
                                     .now = now,
                                     .may_ask = may_ask,
                                     .busy = watch.busy(),
                                     .light = light,
                                     .mirrored = watch.mirrored(),
                                     .asked = asked_});
    if (step.presence != Presence::ask)
        return {step.presence};
    const Reason request = step.choices[random_() % step.choices.size()];
    asked_.push_back({request, now});
    if (const auto movement = movement_of(request))
        watch.asked({*movement, now, step.in_a_row});
    return {step.presence, request};
}

std::optional<Reason> Inquiry::open(Instant now) const {
    if (asked_.empty() || asked_.back().request == Reason::screen_light ||
        asked_.back().answer != Answer::none || now - asked_.back().shown >= answer_time)
        return std::nullopt;
    return asked_.back().request;
}

} // namespace kaomon::liveness
