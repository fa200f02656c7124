#include "daemon/session/methods.hpp"

namespace kaomon::session {
namespace {

using card::mynumber::Check;

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

match::Verdict under_suspicion(match::Verdict verdict, Method method,
                               const card::mynumber::Genuineness& genuineness,
                               std::span<const Reason> inherited) {
    if (verdict.decision != match::Decision::verified)
        return verdict;
    const bool proven =
        method == Method::face && genuineness.signature == Check::valid && genuineness.chip == Check::valid;
    for (const Reason why : inherited) {
        if (match::is_veto_of_liveness(why)) {
            if (method != Method::visual_check)
                return match::refuse(Reason::suspicion_remains);
        } else if (!proven) {
            return match::refuse(why);
        }
    }
    return verdict;
}

} // namespace kaomon::session
