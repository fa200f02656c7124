// Is this feed one of a running camera? Repeated, frozen, spliced and black feeds are found from the frames alone.
#pragma once

#include "daemon/liveness/evidence.hpp"
#include "drivers/base/clock.hpp"
#include "drivers/base/image.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace kaomon::liveness {

// Pure function of what was added. Keeps small fingerprints, no pictures. Thread-bound.
class Feed {
  public:
    void add(const Image& picture, Instant captured, std::uint64_t sequence);
    // One Evidence for each of feed_black, feed_frozen, feed_repeated, feed_spliced: not_assessed until enough frames.
    std::vector<Evidence> evidence() const;

  private:
    struct Fingerprint {
        std::array<std::uint8_t, 256> grey; // 16 x 16 mean luminance
        std::uint64_t exact;                // hash over the pixels
        Instant captured;
        std::uint64_t sequence;
    };
    std::vector<Fingerprint> frames_;
};

} // namespace kaomon::liveness
