#include "drivers/card/mynumber/guard.hpp"

#include "drivers/card/mynumber/application.hpp"
#include "drivers/card/mynumber/tries.hpp"

#include <algorithm>

namespace kaomon::card::mynumber {
namespace {

// The tries as they are now, or why there must be no VERIFY.
Result<std::uint8_t> tries_to_spend(CardTransaction& card) {
    const auto application = select_application(card, Application::face_check);
    if (!application)
        return std::unexpected(application.error());
    if (!*application)
        return fail(Reason::card_error, "the face-check application is gone");
    const auto tries = read_tries(card, access_number_key);
    if (!tries)
        return std::unexpected(tries.error());
    switch (tries->state) {
    case Tries::State::counted:
        return tries->left;
    case Tries::State::locked:
        return std::uint8_t{0};
    // Open without us: whoever opened it, this number was never checked by this card.
    case Tries::State::open:
        return fail(Reason::card_error, "the card is open already; it must be reset first");
    case Tries::State::untold:
        break;
    }
    return fail(Reason::card_error, "the card does not tell its tries");
}

} // namespace

Result<Verified> Guard::verify(CardTransaction& card, const AccessNumber& number, ActId act) {
    tries_left_.reset();
    if (spent_.contains(act.value))
        return fail(Reason::act_already_spent);
    const auto before = tries_to_spend(card);
    if (!before)
        return std::unexpected(before.error());
    tries_left_ = *before;
    if (*before == 0)
        return fail(Reason::card_locked);
    if (*before < std::max<std::uint8_t>(floor_, 1))
        return fail(Reason::tries_below_floor);

    // Spent before it is sent: whatever happens from here on, this act has had its VERIFY.
    spent_.insert(act.value);
    const ByteView digits = number.digits();
    const auto response =
        exchange(card, {0x00, 0x20, 0x00, 0x80, SecretBytes(digits.begin(), digits.end()), 0});
    if (!response) {
        tries_left_.reset(); // nobody knows whether the card counted it
        return std::unexpected(response.error());
    }
    const StatusWord status = response->status;
    if (status == sw::ok)
        return Verified{*before};
    if (const auto left = kaomon::card::tries_left(status)) {
        tries_left_ = *left;
        return fail(Reason::access_number_wrong);
    }
    if (is_locked(status)) {
        tries_left_ = 0;
        return fail(Reason::card_locked);
    }
    tries_left_.reset();
    if (status == sw::wrong_no_counter)
        return fail(Reason::access_number_wrong, "the card does not tell its tries");
    return unexpected_status("VERIFY", status);
}

} // namespace kaomon::card::mynumber
