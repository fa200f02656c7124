// The photograph of a person as a card would carry it.
#pragma once

#include "daemon/face/observation.hpp"
#include "drivers/base/image.hpp"
#include "drivers/base/secret.hpp"
#include "drivers/card/simulated/portrait.hpp"

namespace kaomon::evaluate {

// What the simulated card gives a photograph; not known of real cards (drivers/card/SPEC.md §18).
inline constexpr std::size_t portrait_bytes = 7000;

// The part of a picture that a passport photograph shows of a person; it may reach beyond the picture. Empty:
// a face of impossible size.
card::simulated::Crop passport_crop(const Image& picture, const face::Observation& face);

// Cut like that, made 240 x 300 grey and coded as JPEG 2000 of portrait_bytes. `face` is
// the one face of `picture`. Reasons: photo_malformed (a face of impossible size), internal_error (the
// encoder failed). Reentrant.
Result<SecretBytes> card_photograph(const Image& picture, const face::Observation& face);

} // namespace kaomon::evaluate
