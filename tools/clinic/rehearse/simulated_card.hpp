// A card for one rehearsal: issued in memory, under an authority that exists for as long.
#pragma once

#include "drivers/base/clock.hpp"
#include "drivers/base/image.hpp"
#include "drivers/base/secret.hpp"
#include "drivers/card/mynumber/trust_store.hpp"
#include "drivers/card/simulated/card.hpp"
#include "drivers/card/simulated/portrait.hpp"

#include <filesystem>
#include <memory>
#include <optional>

namespace kaomon::rehearse {

struct SimulatedCard {
    std::shared_ptr<card::simulated::Card> card;
    SecretText number;                // its verification number B
    card::mynumber::TrustStore trust; // with the authority's key alone
};

// A JPEG of a person, for a card. Reasons: parameter_invalid (cannot be read), photo_malformed.
Result<Image> read_photograph(const std::filesystem::path& file);

// `photograph`: grey or RGB; `crop` as in make_portrait. Reasons: parameter_invalid, internal_error.
Result<SimulatedCard> issue_card(const Image& photograph, std::optional<card::simulated::Crop> crop,
                                 Date today);

} // namespace kaomon::rehearse
