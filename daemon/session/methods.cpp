#include "daemon/session/methods.hpp"

namespace kaomon::session {
namespace {

std::vector<Method> without(std::span<const Method> open, Method method) {
    std::vector<Method> left(open.begin(), open.end());
    std::erase(left, method);
    return left;
}

} // namespace

std::vector<Method> methods_after_face(std::span<const Method> open, Reason why) {
    const auto others = without(open, Method::face);
    switch (describe(why).leaves) {
    case Leaves::nothing:
        return {};
    case Leaves::visual_check:
    case Leaves::card_again:
        return without(others, Method::pin);
    case Leaves::other_methods:
    case Leaves::another_number:
    case Leaves::another_pin:
    case Leaves::another_entry:
        break;
    }
    return others;
}

std::vector<Method> methods_after_pin(std::span<const Method> open, Reason why) {
    const auto left = without(open, Method::face);
    switch (describe(why).leaves) {
    case Leaves::nothing:
        return {};
    case Leaves::card_again:
    case Leaves::another_pin:
    case Leaves::another_entry:
        return left;
    case Leaves::visual_check:
    case Leaves::other_methods:
    case Leaves::another_number:
        break;
    }
    return without(left, Method::pin);
}

std::optional<Reason> closed(Method method, const CardStanding& card,
                             std::span<const card::mynumber::Warning> warnings) {
    for (const Reason why : card.inherited) {
        if (why == Reason::suspicion_unreadable && method != Method::visual_check)
            return why;
        if (match::is_veto_of_liveness(why) && method != Method::visual_check)
            return Reason::suspicion_remains;
        if (match::is_veto_of_card(why) && method != Method::face && !card.proven)
            return why;
    }
    if (method == Method::face && card.throttled)
        return Reason::face_throttled;
    for (const auto& warning : warnings) {
        const bool of_the_certificate = warning.reason == Reason::sign_in_certificate_missing ||
                                        warning.reason == Reason::sign_in_certificate_expired;
        if (method == Method::pin && of_the_certificate)
            return warning.reason;
    }
    return std::nullopt;
}

std::vector<Method> without_closed(std::span<const Method> open, const CardStanding& card,
                                   std::span<const card::mynumber::Warning> warnings) {
    std::vector<Method> left(open.begin(), open.end());
    std::erase_if(left, [&](Method one) { return closed(one, card, warnings).has_value(); });
    return left;
}

} // namespace kaomon::session
