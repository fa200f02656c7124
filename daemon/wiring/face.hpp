// From the configuration to what makes templates, and to what the desk demands of a capture and of a
// comparison.
#pragma once

#include "daemon/capture/transaction.hpp"
#include "daemon/config/config.hpp"
#include "daemon/photo/decoder.hpp"
#include "daemon/visit/decision.hpp"

#include <memory>

namespace kaomon::wiring {

// Reasons: model_missing, model_refused.
Result<std::unique_ptr<face::Pipeline>> load_pipeline(const config::Face& config);
// Reason: photo_decoder_failed.
Result<std::unique_ptr<photo::Decoder>> start_decoder(const config::Photo& config);

capture::Demands capture_demands(const config::Config& config);
// Scores are normalised where the configuration names a population. Reasons: population_invalid,
// model_missing.
Result<visit::DecisionRule> decision_rule(const config::Config& config, const face::Pipeline& pipeline);

} // namespace kaomon::wiring
