// The signed record with the photograph: 券面AP EF 0002 (drivers/card/SPEC.md §4, §5).
#pragma once

#include "drivers/base/secret.hpp"
#include "drivers/card/simulated/holder.hpp"
#include "drivers/card/simulated/key.hpp"

#include <optional>

namespace kaomon::card::simulated {

struct PhotoRecordParts {
    const Holder& holder;
    const CardKey& chip;                        // its public half goes into DF24
    ByteView photo;                             // JP2 file; empty: a card without a photograph
    const CardKey& signer;                      // signs DF28
    bool two_bytes_first;                       // as newer cards are said to have before FF20
    std::optional<Date> birth_date{}, expiry{}; // in the record, where it contradicts the card
};

// FF20 { DF21 offsets of the nine others, DF22 birth date, DF23 sex, DF24 chip key, DF25 name, DF26 address,
// DF27 photo, DF28 signature, DF29 expiry, DF2A security code }, filled up with FF.
SecretBytes make_photo_record(const PhotoRecordParts& parts);

} // namespace kaomon::card::simulated
