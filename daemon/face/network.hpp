// The interface of whatever computes a neural network: pixels in, numbers out. No library types.
#pragma once

#include "daemon/face/backend.hpp"
#include "drivers/base/bytes.hpp"
#include "drivers/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace kaomon::face {

// A picture of the network's size: rows from top to bottom, pixels from left to right, 8 bits a channel
// (RGB).
struct Pixels {
    const std::uint8_t* first = nullptr;
    std::size_t row = 0;          // bytes from a row to the next
    float factor = 1, offset = 0; // a value v goes in as v * factor + offset
};

// What a network must look like to be the one that is meant.
struct NetworkShape {
    int height = 0, width = 0; // of the picture that goes in, three channels
    std::vector<std::string> outputs;
};

// Thread-bound.
class Network {
  public:
    Network() = default;
    Network(const Network&) = delete;
    Network& operator=(const Network&) = delete;
    virtual ~Network() = default;

    // Reason: internal_error.
    virtual Result<void> run(const Pixels& picture) = 0;
    // The output at `index` of the names given at opening: rows, columns, channels. Of the last run, valid
    // until the next one or forget().
    virtual std::span<const float> output(std::size_t index) const = 0;
    // Wipes everything that the last picture has left behind.
    virtual void forget() noexcept = 0;
};

// `file`: as tools/models makes it. Reason: model_refused (no network file, or not of this shape).
Result<std::unique_ptr<Network>> open_network(ByteView file, const NetworkShape& shape,
                                              Backend backend = Backend::own_int16);

} // namespace kaomon::face
