// Writes network files for the tests: small nets with random numbers, sound ones and broken ones.
#pragma once

#include "daemon/face/engine/model.hpp"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace kaomon::face::engine {

class NetworkFile {
  public:
    NetworkFile(std::uint32_t height, std::uint32_t width, std::uint32_t channels = 3)
        : entry_{height, width, channels} {}

    // The number of the tensor the layer makes. `layer` says everything but its numbers; those are made here,
    // for a source of `source_channels`. `block` > 0: weights of 8 bits.
    std::uint32_t add(Layer layer, std::uint32_t channels, std::uint32_t source_channels,
                      std::uint32_t block = 0);
    void output(std::uint32_t tensor, std::string name) { outputs_.push_back({tensor, std::move(name)}); }
    Bytes bytes() const;

    // Of the head, for files that are wrong.
    std::string magic = "KAOMONET";
    std::uint32_t version = 2;
    float factor = 1, offset = 0;

  private:
    void number(std::uint32_t value);
    void floats(std::size_t count, float from, float to);
    void eights(std::size_t count);

    Shape entry_;
    std::mt19937 random_{20'061};
    Bytes layers_;
    std::uint32_t count_ = 0;
    std::vector<Output> outputs_;
};

// Noise in the size of a network's input.
Bytes noise(std::size_t size, unsigned seed = 1);

} // namespace kaomon::face::engine
