// The card's part of a face visit in one go, for tools that have the number at hand. (A session does the same
// step by step, because a person keys the number in between.)
#pragma once

#include "drivers/card/mynumber/guard.hpp"
#include "drivers/card/mynumber/photo_record.hpp"

namespace kaomon::card::mynumber {

struct FaceReading {
    FreeData free_data;
    SecretBytes photo; // a JP2 file
    Genuineness genuineness;
};

// Free data, number, one guarded VERIFY, the record, the chip's answer. Nothing is repeated. Reasons: as of
// the functions it calls, in this order: read_free_data, assemble, Guard::verify, read_photo_record,
// challenge_chip.
Result<FaceReading> read_face(CardTransaction& card, const AccessParts& parts, Guard& guard,
                              IdempotencyKey key, const TrustStore& trust, Date today);

} // namespace kaomon::card::mynumber
