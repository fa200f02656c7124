// What lies on the reader when it is no card we can use: its name, for the sentence on the screen.
#pragma once

#include "drivers/card/reader.hpp"

namespace kaomon::card::mynumber {

// Asks only after the card was refused, and only with SELECT and the free label of the JPKI application.
// `otherwise` is told of a card that none of these fits: not_my_number_card, card_expired. Reasons:
// juki_card, phone_has_no_photo, residence_card, drivers_licence, felica_card, type_a_card, `otherwise`,
// card_error (a status word that says neither yes nor no, where `otherwise` is not known already), and the
// transport's.
Failure name_other_medium(CardTransaction& card, Reason otherwise);

// What the answer to reset alone says (PC/SC part 3, 3.1.3.2.3): type_a_card or felica_card where it can be
// nothing else, empty where it can. Readers make it up from the radio; a card's own word is its AIDs.
// Reentrant.
std::optional<Reason> named_by_atr(ByteView atr) noexcept;

// The same of a card without commands of its own, whose status words are the reader's invention. Reentrant.
std::optional<Reason> storage_card(ByteView atr) noexcept;

} // namespace kaomon::card::mynumber
