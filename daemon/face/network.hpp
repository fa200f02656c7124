// The narrow door to whatever computes a neural network: numbers in, numbers out. No library types.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/result.hpp"
#include "drivers/base/secret.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace kaomon::face {

// What goes in: channels x height x width, one picture, planes one after the other.
struct InputShape {
    int channels = 3;
    int height = 0;
    int width = 0;
    std::size_t size() const noexcept {
        return static_cast<std::size_t>(channels) * static_cast<std::size_t>(height) *
               static_cast<std::size_t>(width);
    }
};

using Numbers = SecretVector<float>; // of a face: wiped when given back

// Thread-bound.
class Network {
  public:
    Network() = default;
    Network(const Network&) = delete;
    Network& operator=(const Network&) = delete;
    virtual ~Network() = default;

    // One vector for each output named at opening, in that order. Reason: internal_error (also for a wrong
    // size).
    virtual Result<std::vector<Numbers>> run(std::span<const float> input) = 0;
};

// By OpenCV DNN, on the calling thread only. Reason: model_refused (not a network it can run).
Result<std::unique_ptr<Network>> open_with_opencv(ByteView onnx, InputShape input,
                                                  std::vector<std::string> outputs);

} // namespace kaomon::face
