// A network of the same file on OpenCV DNN: for CPUs without AVX2, and to hold the own engine against.
// Internal.
#pragma once

#include "daemon/face/engine/model.hpp"
#include "daemon/face/network.hpp"

#include <memory>

namespace kaomon::face {

// Runs on the calling thread only. Reason: model_refused (nothing OpenCV can run).
Result<std::unique_ptr<Network>> open_with_opencv(const engine::Model& model);

} // namespace kaomon::face
