#include "tools/cardtrace/reading.hpp"

#include "drivers/card/mynumber/attribute_record.hpp"
#include "drivers/card/mynumber/free_data.hpp"
#include "drivers/card/mynumber/guard.hpp"
#include "drivers/card/mynumber/sign_in.hpp"
#include "drivers/card/mynumber/warning.hpp"

namespace kaomon::cardtrace {
namespace {

namespace mynumber = card::mynumber;
using mynumber::Check;

std::string say(const Failure& why) {
    std::string text(word(why.reason));
    if (why.reason == Reason::internal_error)
        text += " (" + why.detail + ")";
    return text;
}

std::string_view say(Check check) {
    return check == Check::valid ? "valid" : check == Check::invalid ? "invalid" : "not checked";
}

std::string attributes(card::CardTransaction& card, const Visit& visit, const mynumber::AccessNumber& number,
                       const mynumber::PhotoRecord& photo, mynumber::Guard& guard) {
    if (const auto opened = guard.verify_attributes(card, number, mynumber::IdempotencyKey{1}); !opened)
        return say(opened.error());
    const auto record = mynumber::read_attribute_record(card, number.generation());
    if (!record)
        return say(record.error());
    const auto checked =
        mynumber::check_attributes(*record, photo.birth_and_sex, values<Attribute>(), visit.trust);
    return checked ? "valid" : say(checked.error());
}

std::string face(card::CardTransaction& card, const Visit& visit, const mynumber::FreeData& free_data,
                 mynumber::Guard& guard) {
    const auto number = mynumber::assemble({.number = visit.number, .era_year = {}, .security_code = {}},
                                           free_data, visit.today);
    if (!number)
        return say(number.error());
    if (const auto verified = guard.verify(card, *number, mynumber::IdempotencyKey{1}); !verified)
        return say(verified.error());
    const auto record =
        mynumber::read_photo_record(card, free_data.signer_certificate, visit.trust,
                                    {free_data.generation, free_data.card_expiry, number->digits()});
    if (!record)
        return say(record.error());
    const auto genuine = mynumber::challenge_chip(card, *record);
    if (!genuine)
        return say(genuine.error());
    std::string text = "signature ";
    text.append(say(genuine->signature)).append(", chip ").append(say(genuine->chip));
    if (genuine->reason)
        text.append(", ").append(word(*genuine->reason));
    else
        text += "; attributes: " + attributes(card, visit, *number, *record, guard);
    return text;
}

std::string pin(card::CardTransaction& card, const Visit& visit, const mynumber::FreeData& free_data,
                mynumber::Guard& guard) {
    const std::int64_t now = std::chrono::sys_days{visit.today}.time_since_epoch() / std::chrono::seconds(1);
    if (free_data.sign_in_certificate_unread)
        return std::string(word(*free_data.sign_in_certificate_unread));
    const auto chain = visit.sign_in_trust.check(free_data.sign_in_certificate, now);
    if (chain.reason)
        return std::string(word(*chain.reason));
    const auto digits = mynumber::Pin::read(*visit.pin);
    if (!digits)
        return say(digits.error());
    if (const auto verified = guard.verify(card, *digits, mynumber::IdempotencyKey{2}, *free_data.generation);
        !verified)
        return say(verified.error());
    const auto signs =
        mynumber::challenge_sign_in(card, free_data.sign_in_certificate, *free_data.generation);
    if (!signs)
        return say(signs.error());
    return std::string(word(*signs == Check::valid ? Reason::pin_accepted : Reason::chip_not_genuine));
}

} // namespace

std::string reading(card::CardTransaction& card, const Visit& visit) {
    const auto free_data = mynumber::read_free_data(card, visit.today);
    if (!free_data)
        return say(free_data.error());
    std::string text = "tries " + std::to_string(free_data->tries_left);
    for (const auto& warning : mynumber::warnings_of(*free_data, visit.today)) {
        text.append("; ").append(word(warning.reason));
        if (warning.day)
            text += " " + mynumber::iso_day(*warning.day);
    }
    mynumber::Guard guard(mynumber::MinTries{});
    if (visit.number)
        text += "; face: " + face(card, visit, *free_data, guard);
    if (visit.pin)
        text += "; pin: " + pin(card, visit, *free_data, guard);
    return text;
}

} // namespace kaomon::cardtrace
