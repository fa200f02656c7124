#include "drivers/card/mynumber/guard.hpp"

#include "drivers/card/mynumber/application.hpp"
#include "drivers/card/mynumber/tries.hpp"

#include <algorithm>

namespace kaomon::card::mynumber {

struct Guard::Lock {
    FileAddress key;
    std::uint8_t floor;
    Reason no_application, no_key, below_minimum, locked, wrong;
};

namespace {

// The tries as they are now, or why there must be no VERIFY.
Result<std::uint8_t> tries_to_spend(CardTransaction& card, const FileAddress& key, Reason no_application,
                                    Reason no_key) {
    const auto selected = select_application(card, key.application);
    if (!selected)
        return std::unexpected(selected.error());
    if (!*selected)
        return fail(no_application, "the card has no such application");
    const auto tries = read_tries(card, key.file);
    if (!tries)
        return std::unexpected(tries.error());
    switch (tries->state) {
    case Tries::State::counted:
        return tries->left;
    case Tries::State::locked:
        return std::uint8_t{0};
    // Open without us: whoever opened it, this secret was never checked by this card.
    case Tries::State::open:
        return fail(Reason::card_error, "the card is open already; it must be reset first");
    case Tries::State::absent:
        return fail(no_key, "the card has no such key");
    case Tries::State::untold:
        break;
    }
    return fail(Reason::card_error, "the card does not tell its tries");
}

} // namespace

Result<Verified> Guard::verify(CardTransaction& card, const AccessNumber& number, IdempotencyKey key) {
    auto verified = open(card,
                         {number.generation().access_number, floors_.access_number, Reason::card_error,
                          Reason::card_error, Reason::tries_below_minimum, Reason::card_locked,
                          Reason::access_number_wrong},
                         number.digits(), key);
    if (verified) {
        taken_by_ = &card;
        taken_for_ = key;
    }
    return verified;
}

Result<Verified> Guard::verify_attributes(CardTransaction& card, const AccessNumber& number,
                                          IdempotencyKey key) {
    if (taken_by_ != &card || taken_for_ != key)
        return fail(Reason::internal_error, "the card has not taken this number yet");
    const auto before = tries_left_; // of the counter that people are told of
    auto verified = open(card,
                         {number.generation().attribute_number, floors_.access_number,
                          Reason::attributes_missing, Reason::attributes_missing, Reason::tries_below_minimum,
                          Reason::card_locked, Reason::access_number_wrong},
                         number.digits(), at_second_counter(key));
    tries_left_ = before;
    return verified;
}

Result<Verified> Guard::verify(CardTransaction& card, const Pin& pin, IdempotencyKey key,
                               const Generation& generation) {
    return open(card,
                {generation.sign_in_pin, floors_.pin, Reason::sign_in_certificate_missing,
                 Reason::card_without_pin, Reason::pin_tries_below_minimum, Reason::pin_locked,
                 Reason::pin_wrong},
                pin.digits(), key);
}

Result<Verified> Guard::open(CardTransaction& card, const Lock& lock, ByteView digits, IdempotencyKey key) {
    tries_left_.reset();
    taken_by_ = nullptr;
    if (ledger_.spent(key))
        return fail(Reason::idempotency_key_used);
    const auto before = tries_to_spend(card, lock.key, lock.no_application, lock.no_key);
    if (!before)
        return std::unexpected(before.error());
    tries_left_ = *before;
    if (*before == 0)
        return fail(lock.locked);
    if (*before < std::max<std::uint8_t>(lock.floor, 1))
        return fail(lock.below_minimum);

    // Spent, and on record, before it is sent: whatever happens from here on, this act has had its VERIFY.
    if (const auto noted = ledger_.spend(key); !noted)
        return std::unexpected(noted.error());
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
        tries_left_ = left;
        return fail(lock.wrong);
    }
    if (is_locked(status)) {
        tries_left_ = 0;
        return fail(lock.locked);
    }
    tries_left_.reset();
    if (status == sw::wrong_no_counter)
        return fail(lock.wrong, "the card does not tell its tries");
    return unexpected_status("VERIFY", status);
}

} // namespace kaomon::card::mynumber
