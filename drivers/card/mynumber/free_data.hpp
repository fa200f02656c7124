// What a card says without any secret (drivers/card/SPEC.md §7): the base of the guard and of the first hint
// on the screen.
#pragma once

#include "drivers/base/clock.hpp"
#include "drivers/card/mynumber/generation.hpp"
#include "drivers/card/reader.hpp"

#include <cstdint>
#include <optional>

namespace kaomon::card::mynumber {

struct FreeData {
    const Generation* generation = &current_generation; // of the table
    SecretBytes card_information;    // the record with serial and municipality, as read: tells cards apart
    Date card_expiry;                // printed on the card too
    SecretBytes sign_in_certificate; // DER, JPKI EF 000A; empty: the card has none, or it was not read
    std::optional<Reason> sign_in_certificate_unread; // why not: card_error, card_data_malformed
    std::optional<Date> sign_in_certificate_end;      // its last day; empty: none, or one that cannot be read
    SecretBytes signer_certificate;                   // 券面AP EF 0004, as read
    std::uint8_t tries_left = 0; // of verification number B (照合番号B), as the empty VERIFY says; 0: locked
    std::optional<std::uint8_t> pin_tries_left; // of the sign-in PIN; empty: not asked, or the card keeps it
};

// Selects nothing that a secret opens, spends no try. `today` decides card_expired. `with_pin`: asks for the
// tries of the PIN, too: two commands more.
// Reasons: card_expired, card_data_malformed, card_error, those of name_other_medium (other_medium.hpp), and
// the transport's.
Result<FreeData> read_free_data(CardTransaction& card, Date today, bool with_pin = false);

} // namespace kaomon::card::mynumber
