// From the configuration to the desk: what it decides by, and what it tells about itself.
#pragma once

#include "daemon/config/config.hpp"
#include "daemon/face/pipeline.hpp"
#include "daemon/session/verification_desk.hpp"
#include "daemon/visit/card_part.hpp"
#include "drivers/camera/camera.hpp"

namespace kaomon::wiring {

// Suspicions are in memory only until they are replaced by kept_suspicions(). Log lines and warnings for
// whoever installs: no population, an extrapolated rate, memory that is not locked, an empty trust store.
session::VerificationDesk::Settings desk_settings(const config::Config& config, visit::DecisionRule rule,
                                                  const face::Pipeline& pipeline,
                                                  const camera::Camera& camera, const visit::CardPolicy& card,
                                                  const result::SigningKey& key);

// What earlier sessions left, from the state folder, under the key by which `card` knows cards.
session::Suspicions kept_suspicions(const config::Config& config, const visit::CardPolicy& card);

} // namespace kaomon::wiring
