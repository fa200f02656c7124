// Verification number B (照合番号B): birth YYMMDD in the Japanese era, card expiry YYYY, security code; 14
// digits.
#pragma once

#include "drivers/base/secret.hpp"
#include "drivers/card/mynumber/free_data.hpp"

#include <optional>

namespace kaomon::card::mynumber {

// What a person supplied: all 14 digits, or the two parts that the chip does not give away.
struct AccessParts {
    std::optional<SecretText> number;        // 14 ASCII digits
    std::optional<SecretText> era_year;      // 2 ASCII digits
    std::optional<SecretText> security_code; // 4 ASCII digits
    // With the whole number: a person compared it with the card's face, because the free data cannot check
    // it.
    bool compared = false;
};

// Shape alone, before a card is there. Reasons: access_number_missing (nothing, or half of the parts),
// access_number_malformed (not digits, wrong length, both forms at once).
Result<void> check_shape(const AccessParts& parts);

// 14 digits that agree with the card's free data. Made only by assemble(): holding one means it was checked.
class AccessNumber {
  public:
    ByteView digits() const noexcept { return {digits_.data(), digits_.size()}; }
    const Generation& generation() const noexcept {
        return *generation_;
    } // of the card it was checked against

  private:
    friend Result<AccessNumber> assemble(const AccessParts&, const FreeData&, Date);
    AccessNumber(SecretBytes digits, const Generation& generation)
        : digits_(std::move(digits)), generation_(&generation) {}
    SecretBytes digits_; // ASCII
    const Generation* generation_;
};

// Puts the number together and holds it against the free data: month and day of birth equal those of the
// card's expiry, the expiry year is the card's, the era year is one that a living holder can have (`today`).
// What cannot be checked is not called wrong (birthday.hpp has the cases): access_number_incomplete asks
// for all 14 digits, access_number_unchecked for the same digits once more, `compared` by a person. Reasons
// beside these: access_number_missing, access_number_malformed, access_number_contradicts_card. No try is
// spent here.
Result<AccessNumber> assemble(const AccessParts& parts, const FreeData& free_data, Date today);

} // namespace kaomon::card::mynumber
