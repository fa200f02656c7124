// The wire between a virtual card and vsmartcard's vpcd: two bytes of length (big endian), then the payload.
#pragma once

#include "drivers/base/secret.hpp"

#include <optional>

namespace kaomon::card::simulated {

// A payload of one byte is an order of the reader.
enum class ControlByte : std::uint8_t { power_off = 0, power_on = 1, reset = 2, get_atr = 4 };

// Puts messages together from whatever pieces the socket gives. Thread-bound.
class VpcdFrames {
  public:
    void feed(ByteView piece) { bytes_.insert(bytes_.end(), piece.begin(), piece.end()); }
    // The next whole message's payload (0..65535 bytes).
    std::optional<SecretBytes> next();
    void clear() noexcept { bytes_.clear(); }

    // A payload with its length in front; one of more than 65535 bytes becomes the status word 6700.
    static SecretBytes wrap(ByteView payload);

  private:
    SecretBytes bytes_;
};

} // namespace kaomon::card::simulated
