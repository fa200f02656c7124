#include "drivers/card/mynumber/face_reading.hpp"

#include <utility>

namespace kaomon::card::mynumber {

Result<FaceReading> read_face(CardTransaction& card, const AccessParts& parts, Guard& guard,
                              IdempotencyKey key, const TrustStore& trust, Date today) {
    auto free_data = read_free_data(card, today);
    if (!free_data)
        return std::unexpected(free_data.error());
    const auto number = assemble(parts, *free_data, today);
    if (!number)
        return std::unexpected(number.error());
    if (const auto verified = guard.verify(card, *number, key); !verified)
        return std::unexpected(verified.error());
    auto record = read_photo_record(card, free_data->signer_certificate, trust,
                                    {free_data->generation, free_data->card_expiry, number->digits()});
    if (!record)
        return std::unexpected(record.error());
    const auto genuineness = challenge_chip(card, *record);
    if (!genuineness)
        return std::unexpected(genuineness.error());
    return FaceReading{std::move(*free_data), std::move(record->photo), *genuineness};
}

} // namespace kaomon::card::mynumber
