#include "daemon/session/methods.hpp"

#include <algorithm>
#include <array>

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

std::vector<std::string> without(std::span<const std::string> open, std::string_view method) {
    std::vector<std::string> left(open.begin(), open.end());
    std::erase(left, method);
    return left;
}

constexpr std::array<std::string_view, 7> visual_check_reasons{
    "face_failed", "no_photo", "cannot_face_camera", "pin_failed", "card_locked", "device_fault", "other"};

} // namespace

std::vector<std::string> methods_after_face(std::span<const std::string> open, Reason why) {
    if (ends_all_methods(why))
        return {};
    auto left = without(open, method_face);
    return card_is_gone(why) ? without(left, method_pin) : left;
}

std::vector<std::string> methods_after_pin(std::span<const std::string> open, Reason why) {
    if (ends_all_methods(why))
        return {};
    const auto left = without(open, method_face);
    return another_pin_may_follow(why) ? left : without(left, method_pin);
}

bool is_visual_check_reason(std::string_view word) noexcept {
    return std::ranges::find(visual_check_reasons, word) != visual_check_reasons.end();
}

match::Verdict under_suspicion(match::Verdict verdict, std::string_view method,
                               const card::mynumber::Genuineness& genuineness,
                               std::span<const Reason> inherited) {
    if (verdict.decision != match::Decision::verified)
        return verdict;
    const bool proven =
        method == method_face && genuineness.signature == Check::valid && genuineness.chip == Check::valid;
    for (const Reason why : inherited) {
        if (match::is_veto_of_liveness(why)) {
            if (method != method_visual_check)
                return match::refuse(Reason::suspicion_remains);
        } else if (!proven) {
            return match::refuse(why);
        }
    }
    return verdict;
}

} // namespace kaomon::session
