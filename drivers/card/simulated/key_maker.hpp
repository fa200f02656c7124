// Makes keys: fresh ones, or with a seed the same ones every time.
#pragma once

#include "drivers/card/simulated/key.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace kaomon::card::simulated {

// Thread-bound. A seeded maker's keys are as secret as the seed: for cards that nobody must trust.
class KeyMaker {
  public:
    explicit KeyMaker(std::optional<std::uint64_t> seed = {}) : seed_(seed) {}

    // With a seed: by the seed and how many were made before. Reason: internal_error.
    Result<CardKey> make();

  private:
    void
    fill(std::span<std::uint8_t> bytes); // random; with a seed SHA-256 of it and a counter, block after block
    Result<CardKey> make_rsa();

    std::optional<std::uint64_t> seed_;
    std::uint64_t counter_ = 0;
};

} // namespace kaomon::card::simulated
