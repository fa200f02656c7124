// The signed photo record (券面AP EF 0002) and whether record and chip are genuine (drivers/card/SPEC.md §4,
// §5).
#pragma once

#include "drivers/card/mynumber/check.hpp"
#include "drivers/card/mynumber/generation.hpp"
#include "drivers/card/mynumber/trust_store.hpp"
#include "drivers/card/reader.hpp"

#include <optional>

namespace kaomon::card::mynumber {

struct Genuineness {
    Check signature =
        Check::not_checked; // passive: DF28 under the certified key, the certificate under the trust store
    Check chip = Check::not_checked; // active: the chip signed our nonce with the key of the signed record
    Hierarchy hierarchy = Hierarchy::unknown;
    // The reason word of the first check that did not end in `valid`: photo_signature_invalid,
    // signer_certificate_invalid, signer_unknown, chip_not_genuine; empty when both are valid.
    std::optional<Reason> reason;
};

struct PhotoRecord {
    SecretBytes photo;         // DF27: a JP2 file
    SecretBytes chip_key;      // DF24: the chip's public key, as TLV
    SecretBytes birth_and_sex; // DF22 and DF23, for the attributes to be held against
    Check signature = Check::not_checked;
    Hierarchy hierarchy = Hierarchy::unknown;
    std::optional<Reason> reason;            // of the passive check, as above
    std::optional<bool> birth_as_expected{}; // empty: nothing was expected
};

// What the visit knows of the card before the record is read, and what the record must agree with.
struct Known {
    const Generation* generation = &current_generation;
    std::optional<Date> card_expiry{};    // of the free data; empty: not compared
    ByteView access_number{};             // the 14 digits the card took; empty: not compared
    std::optional<Date> expected_birth{}; // by the caller; empty: not compared
};

// Reads EF 0002 after Guard::verify() on the same transaction and checks it passively. The pictures of name
// and address are hashed and wiped, never returned. Reasons: card_data_malformed, card_without_photo,
// record_contradicts_card (birth date or expiry are not those known; a record whose signature is bad is not
// compared), card_error, transport's. A bad signature is not a Failure: it stands in the record.
Result<PhotoRecord> read_photo_record(CardTransaction& card, ByteView signer_certificate,
                                      const TrustStore& trust, const Known& known = {});

// Sends a fresh nonce to be signed by the chip; `record.chip_key` verifies it. Adds to what the record says.
Result<Genuineness> challenge_chip(CardTransaction& card, const PhotoRecord& record);

} // namespace kaomon::card::mynumber
