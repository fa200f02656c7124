// The photograph of a person as a card would carry it.
#pragma once

#include "daemon/face/observation.hpp"
#include "daemon/photo/decoder.hpp"

namespace kaomon::evaluate {

// What a card has room for; the budget of card.md 1.4.
inline constexpr std::size_t portrait_bytes = 7000;

// Cut as a passport photograph is, made 240 x 300 grey, pushed through JPEG 2000 of portrait_bytes and
// decoded as the daemon decodes a card's photograph. `face` is the one face of `picture`. Reasons:
// internal_error (the encoder failed), those of photo::Decoder.
Result<Image> as_card_portrait(const Image& picture, const face::Observation& face,
                               photo::Decoder& photographs);

} // namespace kaomon::evaluate
