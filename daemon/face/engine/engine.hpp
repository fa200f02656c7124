// Runs a network on the own kernels. Internal: open_network() chooses.
#pragma once

#include "daemon/face/engine/kernels.hpp"
#include "daemon/face/engine/model.hpp"
#include "daemon/face/network.hpp"
#include "drivers/base/secret.hpp"

#include <memory>

namespace kaomon::face::engine {

// int16: a pointwise layer that follows a depthwise one, whose numbers the file knows the reach of,
// multiplies 16-bit integers. Everything else is 32-bit floats.
enum class Arithmetic : std::uint8_t { fp32, int16 };

// Reason: model_refused.
Result<std::unique_ptr<Network>> open(const Model& model, Arithmetic arithmetic, const Kernels& kernels);

} // namespace kaomon::face::engine
