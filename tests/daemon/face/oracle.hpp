// The networks as plain ONNX, read by OpenCV DNN itself: shares nothing with the converter and the engine.
#pragma once

#include "daemon/face/network.hpp"

#include <string>

namespace kaomon::face {

// models/oracle/NAME.onnx. Throws std::runtime_error with the command to run when it is not there.
std::unique_ptr<Network> open_oracle(const std::string& name, const NetworkShape& shape);

} // namespace kaomon::face
