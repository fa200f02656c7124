// The photograph of a person as a card would carry it.
#pragma once

#include "daemon/face/observation.hpp"
#include "drivers/base/image.hpp"
#include "drivers/base/secret.hpp"

namespace kaomon::evaluate {

// What the simulated card gives a photograph; not known of real cards (drivers/card/SPEC.md §18).
inline constexpr std::size_t portrait_bytes = 7000;

// Cut as a passport photograph is, made 240 x 300 grey and coded as JPEG 2000 of portrait_bytes. `face` is
// the one face of `picture`. Reasons: photo_malformed (a face of impossible size), internal_error (the
// encoder failed). Reentrant.
Result<SecretBytes> card_photograph(const Image& picture, const face::Observation& face);

} // namespace kaomon::evaluate
