// The holder's attributes as text (券面事項入力補助AP EF 0002), and whether they are genuine
// (drivers/card/SPEC.md §5.5, §8).
#pragma once

#include "drivers/card/mynumber/generation.hpp"
#include "drivers/card/mynumber/trust_store.hpp"
#include "drivers/card/reader.hpp"
#include "proto/attribute.hpp"

#include <array>
#include <span>

namespace kaomon::card::mynumber {

// As attribute.hpp says what each is; empty: not wanted, or the card has none.
class Attributes {
  public:
    const SecretText& operator[](Attribute which) const noexcept {
        return values_[static_cast<std::size_t>(which)];
    }
    SecretText& operator[](Attribute which) noexcept { return values_[static_cast<std::size_t>(which)]; }

  private:
    std::array<SecretText, words<Attribute>().size()> values_;
};

// What is read of a card before anything in it is believed.
struct AttributeRecord {
    SecretBytes attributes;  // EF 0002
    SecretBytes digests;     // EF 0003
    SecretBytes certificate; // EF 0004: of the key that signed the digests
};

// After Guard::verify_attributes() on the same transaction. Reasons: attributes_missing, card_data_malformed,
// card_error, the transport's.
Result<AttributeRecord> read_attribute_record(CardTransaction& card,
                                              const Generation& generation = current_generation);

// The wanted ones of a record that is genuine and of the person of the photo record: `birth_and_sex` are its
// DF22 and DF23, nothing else in the two records binds one to the other. No card here. Reentrant. Reasons:
// signer_unknown, attributes_signature_invalid, attributes_contradict_card, card_data_malformed (also: no
// plain UTF-8, longer than 512 bytes, no date, another sex than drivers/card/SPEC.md §4 knows).
Result<Attributes> check_attributes(const AttributeRecord& record, ByteView birth_and_sex,
                                    std::span<const Attribute> wanted, const TrustStore& trust);

} // namespace kaomon::card::mynumber
