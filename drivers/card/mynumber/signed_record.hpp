// The photo record's bytes taken apart, and the passive check of its signature. No card here: bytes in,
// answer out.
#pragma once

#include "drivers/card/mynumber/photo_record.hpp"
#include "drivers/card/tlv.hpp"

namespace kaomon::card::mynumber {

struct SignedRecord {
    Tlv birth, sex, chip_key;  // DF22, DF23, DF24: the first digest is taken over them
    Tlv name, address;         // DF25, DF26: the second
    Tlv photo;                 // DF27: the third
    ByteView signature;        // DF28; what stands behind it (expiry, security code) is not signed
    std::optional<Tlv> expiry; // DF29

    // FF20 { DF21 .. DF2A }. All views are within `bytes`. Offsets in DF21 are not used: the objects are
    // walked. Reasons: card_data_malformed, card_without_photo.
    static Result<SignedRecord> read(ByteView bytes);
};

// Copies photograph and chip key out and says what the signature is worth. Reentrant.
PhotoRecord check_record(const SignedRecord& record, ByteView signer_certificate, const TrustStore& trust);

} // namespace kaomon::card::mynumber
