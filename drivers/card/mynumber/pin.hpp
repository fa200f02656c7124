// The PIN of the sign-in key (利用者証明用暗証番号): 4 digits; the card locks after 3 wrong ones
// (drivers/card/SPEC.md §6).
#pragma once

#include "drivers/base/result.hpp"
#include "drivers/base/secret.hpp"

namespace kaomon::card::mynumber {

// Made only by read(): holding one means its shape was checked. Reentrant.
class Pin {
  public:
    // 4 ASCII digits. Reasons: pin_missing (nothing), pin_malformed.
    static Result<Pin> read(const SecretText& text);
    ByteView digits() const noexcept { return {digits_.data(), digits_.size()}; }

  private:
    explicit Pin(SecretBytes digits) : digits_(std::move(digits)) {}
    SecretBytes digits_; // ASCII
};

} // namespace kaomon::card::mynumber
