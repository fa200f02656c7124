#include "daemon/session/methods.hpp"

namespace kaomon::session {
namespace {

using card::mynumber::Check;

bool card_is_gone(Reason why) noexcept {
    switch (why) {
    case Reason::card_removed:
    case Reason::card_changed:
    case Reason::card_mute:
    case Reason::no_card:
    case Reason::no_reader:
    case Reason::reader_busy:
    case Reason::reader_service_down:
        return true;
    default:
        return false;
    }
}

// Nothing follows these, whatever the caller accepts.
bool ends_all_methods(Reason why) noexcept {
    switch (why) {
    case Reason::not_my_number_card:
    case Reason::juki_card:
    case Reason::phone_has_no_photo:
    case Reason::residence_card:
    case Reason::drivers_licence:
    case Reason::felica_card:
    case Reason::type_a_card:
    case Reason::card_expired:
    case Reason::staff_denied:
        return true;
    default:
        return match::is_veto(why);
    }
}

bool another_pin_may_follow(Reason why) noexcept {
    switch (why) {
    case Reason::pin_wrong:
    case Reason::idempotency_key_used:
    case Reason::card_removed: // it can be put down again
    case Reason::card_mute:
    case Reason::card_error:
        return true;
    default:
        return false;
    }
}

std::vector<Method> without(std::span<const Method> open, Method method) {
    std::vector<Method> left(open.begin(), open.end());
    std::erase(left, method);
    return left;
}

} // namespace

std::vector<Method> methods_after_face(std::span<const Method> open, Reason why) {
    if (ends_all_methods(why))
        return {};
    auto left = without(open, Method::face);
    return card_is_gone(why) ? without(left, Method::pin) : left;
}

std::vector<Method> methods_after_pin(std::span<const Method> open, Reason why) {
    if (ends_all_methods(why))
        return {};
    const auto left = without(open, Method::face);
    return another_pin_may_follow(why) ? left : without(left, Method::pin);
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
