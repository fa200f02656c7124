// Runs a network on the own kernels. Internal: open_network() chooses.
#pragma once

#include "daemon/face/engine/crew.hpp"
#include "daemon/face/engine/model.hpp"
#include "daemon/face/network.hpp"
#include "drivers/base/secret.hpp"

#include <memory>

namespace kaomon::face::engine {

// Only where has_kernels(). Reason: model_refused.
Result<std::unique_ptr<Network>> open(const Model& model, std::shared_ptr<Crew> crew);

} // namespace kaomon::face::engine
